/** tfjs-node's nine-method native interface, over TensorFlow's C API instead of a compiled addon. */
import { DType } from "./dtypes.js";
import { executeOp } from "./executeOp.js";
import type { Pointer } from "./ffi.js";
import { checkGivenAttributes } from "./givenAttributes.js";
import { type Handle, Handles, type TensorMetadata } from "./handles.js";
import type { Narrow } from "./narrow.js";
import { AttrType, checkAttributes, type OpAttribute } from "./opAttributes.js";
import { checkOp } from "./opChecks/opChecks.js";
import { checkInputCount, checkOutputCount } from "./opInputs.js";
import { isWatched, noteOp } from "./opWatch.js";
import { placedOn } from "./placement.js";
import { SavedModels } from "./savedModels.js";
import { check, type TensorFlow, tensorflow } from "./tensorflow.js";
import { newTensor, newTensorOfParts, readTensor, type TensorValues } from "./tensorMemory.js";

/** Sees every op before it runs; how a training step is traced. Ids below -1 are its own and never reach TensorFlow. */
export interface OpInterceptor {
  /** Whether it may note other ops than those that are called. */
  readonly rewrites: boolean;
  /** What products of float32 are computed in where that gains; undefined: float32. */
  readonly narrow: Narrow | undefined;
  /** Returns the outputs, or undefined to let the op run. Attributes and numbers of tensors are the op's. */
  executeOp(call: {
    name: string;
    attributes: readonly OpAttribute[];
    inputs: readonly number[];
    outputs: number;
  }): TensorMetadata[] | undefined;
  /** A tensor of its own once more, which is there only after the others; undefined for a tensor that is not its own. */
  heldBack(id: number, until: readonly number[]): TensorMetadata | undefined;
  /** Called for a tensor of its own. Throws: its values do not exist yet. */
  readValues(id: number): never;
}

/**
 * Every method checks its arguments first, so a wrong call is a JavaScript error and never a crash.
 * libtensorflow is loaded by the first call that needs it.
 */
export class Binding {
  readonly TF_FLOAT = DType.float32;
  readonly TF_INT32 = DType.int32;
  readonly TF_INT64 = DType.int64;
  readonly TF_BOOL = DType.bool;
  readonly TF_COMPLEX64 = DType.complex64;
  readonly TF_STRING = DType.string;
  readonly TF_RESOURCE = DType.resource;
  readonly TF_UINT8 = DType.uint8;
  readonly TF_ATTR_STRING = AttrType.string;
  readonly TF_ATTR_INT = AttrType.int;
  readonly TF_ATTR_FLOAT = AttrType.float;
  readonly TF_ATTR_BOOL = AttrType.bool;
  readonly TF_ATTR_TYPE = AttrType.type;
  readonly TF_ATTR_SHAPE = AttrType.shape;
  readonly TF_ATTR_RESOURCE = 6;
  readonly #handles = new Handles();
  readonly #savedModels = new SavedModels();
  #interceptor: OpInterceptor | undefined;

  get TF_Version(): string {
    return tensorflow().api.TF_Version();
  }

  createTensor(shape: readonly number[], dtype: number, values: TensorValues): number {
    const tf = tensorflow();
    const tensor = newTensor(tf, shape, dtype, values);
    return this.#adopt(tf, tensor).id;
  }

  /** As `createTensor`, of values that never lie in JavaScript's memory as a whole. */
  createTensorOfParts(shape: readonly number[], dtype: number, parts: Iterable<NodeJS.TypedArray>): number {
    const tf = tensorflow();
    return this.#adopt(tf, newTensorOfParts(tf, shape, dtype, parts)).id;
  }

  deleteTensor(id: number): void {
    this.#handles.delete(tensorflow(), id);
  }

  tensorDataSync(id: number): TensorValues {
    if (id < -1 && this.#interceptor) this.#interceptor.readValues(id);
    const tf = tensorflow();
    const handle = this.#handles.get(id, "reading values");
    const tensor = tf.api.TFE_TensorHandleResolve(handle.pointer, tf.status);
    check(tf, () => "reading a tensor's values failed");
    try {
      return readTensor(tf, tensor);
    } finally {
      tf.api.TF_DeleteTensor(tensor);
    }
  }

  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMetadata[] {
    if (typeof name !== "string" || name === "")
      throw new TypeError(`executing an op needs its name, but was given ${String(name)}`);
    checkAttributes(name, attributes);
    if (!Array.isArray(inputs))
      throw new TypeError(`${name}: inputs must be an array of tensor ids, but are ${inputs}`);
    if (!Number.isInteger(outputs) || outputs < 0 || outputs > 1024)
      throw new RangeError(`${name}: the number of outputs must be 0 to 1024, but is ${outputs}`);
    checkInputCount(tensorflow(), { name, attributes, inputs });
    checkOutputCount(tensorflow(), { name, attributes, inputs }, outputs);
    checkGivenAttributes(tensorflow(), { name, attributes });
    const traced = this.#interceptor?.executeOp({ name, attributes, inputs, outputs });
    if (traced) return traced;
    const handles = inputs.map((id) => this.#handles.get(id, name));
    checkOp({ name, attributes, inputs: handles, values: ({ id }) => this.#numbers(id) });
    return this.execute(repaired({ name, attributes, inputs: handles, outputs }));
  }

  #numbers(id: number): ArrayLike<number | bigint> {
    return this.tensorDataSync(id) as Int32Array | BigInt64Array;
  }

  /** Runs an op on handles and keeps its outputs. */
  execute(call: {
    name: string;
    attributes: readonly OpAttribute[];
    inputs: readonly Handle[];
    outputs: number;
  }): Handle[] {
    const tf = tensorflow();
    if (!isWatched()) return executeOp(tf, call).map((pointer) => this.#handles.add(tf, pointer));
    const clock = { begin: 0, end: 0 };
    const outputs = executeOp(tf, call, clock).map((pointer) => this.#handles.add(tf, pointer));
    noteOp({ ...clock, ...call, outputs });
    return outputs;
  }

  /** The live tensor with this id. */
  handle(id: number, use: string): Handle {
    return this.#handles.get(id, use);
  }

  /** Takes over a TFE_TensorHandle that something else made. */
  adoptHandle(pointer: Pointer): Handle {
    return this.#handles.add(tensorflow(), pointer);
  }

  /** Takes over a TF_Tensor that something else made. */
  adoptTensor(tensor: Pointer): Handle {
    return this.#adopt(tensorflow(), tensor);
  }

  loadSavedModel(folder: string, tags: string): number {
    if (typeof folder !== "string" || typeof tags !== "string")
      throw new TypeError("loading a saved model needs its folder and its tags, both texts");
    return this.#savedModels.load(tensorflow(), folder, tags);
  }

  deleteSavedModel(id: number): void {
    this.#savedModels.delete(tensorflow(), id);
  }

  /** @param what is run, for messages. */
  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
    what?: string,
  ): TensorMetadata[] {
    const tf = tensorflow();
    const handles = inputs.map((input) => this.#handles.get(input, "running a saved model"));
    const names = { inputs: inputNames, outputs: outputNames, what };
    return this.#savedModels.run(tf, id, handles, names).map((tensor) => this.#adopt(tf, tensor));
  }

  getNumOfSavedModels(): number {
    return this.#savedModels.size;
  }

  getNumOfTensors(): number {
    return this.#handles.size;
  }

  /** What the live tensors take; those that share memory count each. */
  heldBytes(): number {
    return this.#handles.bytes;
  }

  isUsingGpuDevice(): boolean {
    return tensorflow().gpu !== undefined;
  }

  /** How ops are noted; undefined where they run. */
  get tracing(): Pick<OpInterceptor, "rewrites" | "narrow"> | undefined {
    return this.#interceptor;
  }

  /** Whether ops are noted instead of run. */
  get isTracing(): boolean {
    return this.#interceptor !== undefined;
  }

  /** While ops are noted, a noted tensor once more, which is there only after the others; else undefined. */
  heldBack(id: number, until: readonly number[]): TensorMetadata | undefined {
    return this.#interceptor?.heldBack(id, until);
  }

  /**
   * Runs `trace` with every op shown to `interceptor` first. Not re-entrant.
   */
  intercept<T>(interceptor: OpInterceptor, trace: () => T): T {
    if (this.#interceptor) throw new Error("a trace cannot be started inside another one");
    this.#interceptor = interceptor;
    try {
      return trace();
    } finally {
      this.#interceptor = undefined;
    }
  }

  /** Turns a TF_Tensor into a live tensor, on the GPU where there is one and its type belongs there. */
  #adopt(tf: TensorFlow, tensor: Pointer): Handle {
    const { api, status } = tf;
    let pointer = api.TFE_NewTensorHandle(tensor, status);
    const dtype = api.TF_TensorType(tensor);
    api.TF_DeleteTensor(tensor);
    check(tf, () => "making a tensor failed");
    const device = placedOn() ?? tf.gpu;
    if (device?.includes("GPU") && dtype !== DType.int32 && dtype !== DType.string) {
      const onHost = pointer;
      pointer = api.TFE_TensorHandleCopyToDevice(onHost, tf.context, device, status);
      api.TFE_DeleteTensorHandle(onHost);
      check(tf, () => `copying a tensor to ${device} failed`);
    }
    return this.#handles.add(tf, pointer);
  }
}

interface Call {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly Handle[];
  readonly outputs: number;
}

/** Two ops that tfjs-node calls in a way that TensorFlow 2.21 no longer takes (or answers wrongly, on the CPU). */
function repaired(call: Call): Call {
  const [first] = call.inputs;
  if (call.name === "Round" && first?.dtype === DType.int32) return { ...call, name: "Identity" };
  if (call.name === "ConcatV2" && first?.shape.length === 0) {
    const kept = call.attributes.filter(({ name }) => name === "T" || name === "N");
    const axis = { name: "axis", type: AttrType.int, value: 0 };
    return { ...call, name: "Pack", attributes: [...kept, axis], inputs: call.inputs.slice(0, -1) };
  }
  return call;
}

/** The binding of this process. */
export const binding = new Binding();
