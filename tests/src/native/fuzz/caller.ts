/** Makes one wrong call through one of four doors: the function, its gradient, its kernel, or the native op itself. */
import { inspect } from "node:util";
import type { binding as Binding } from "../../../../src/native/binding.js";
import type { tf as Tfjs } from "../../../../src/native/index.js";
import { Draw, hostileNumbers, TensorSpec } from "./draw.js";
import { rightCalls } from "./rightCalls.js";
import { wrongly } from "./wrongly.js";

type Tf = typeof Tfjs;
type Native = typeof Binding;
type Attribute = Parameters<Native["executeOp"]>[1][number];
type RunKernel = (name: string, inputs: object, attributes: object) => unknown;

interface Tools {
  readonly tf: Tf;
  readonly binding: Native;
  /** Tells what is called now. */
  readonly say: (call: string) => void;
}

/** `function` calls with wrong arguments; the others call rightly, and are made wrong further inside. */
type Door = "function" | "gradient" | "kernel" | "op";

const names = Object.keys(rightCalls);
/** Numbers of TensorFlow's types, some of which nobody here can make values of. */
const dtypes = [0, 1, 2, 3, 4, 7, 8, 9, 10, 14, 19, 20, 21, 23, 101, -1, 1000] as const;

export class Caller {
  /** Ops that reached TensorFlow. */
  executed = 0;
  readonly #tools: Tools;
  readonly #executeOp: Native["executeOp"];
  readonly #runKernel: RunKernel;
  #draw = new Draw(0);
  /** How many more calls at the door pass unchanged; undefined when none is to be changed. */
  #passing: number | undefined;
  #door: Door = "function";
  #strangers: number[] | undefined;

  constructor(tools: Tools) {
    this.#tools = tools;
    const { tf, binding } = tools;
    this.#executeOp = binding.executeOp.bind(binding);
    const engine = tf.engine() as unknown as { runKernel: RunKernel };
    this.#runKernel = engine.runKernel.bind(engine);
    binding.executeOp = (...call) => this.#op(...call);
    engine.runKernel = (...call) => this.#kernel(...call);
  }

  /** @throws what the call throws. */
  call(seed: number, number: number): void {
    const { tf, say } = this.#tools;
    const draw = new Draw((seed * 1_000_003 + number * 7919) | 0);
    this.#draw = draw;
    const name = draw.pick(names);
    const right = (rightCalls[name] as (typeof rightCalls)[string])(draw);
    this.#door = draw.pick(["function", "function", "gradient", "kernel", "kernel", "op", "op", "op"]);
    const inFunction = this.#door === "function" || (this.#door === "gradient" && draw.chance(0.5));
    let given: unknown = right;
    if (inFunction) for (let i = draw.int(0, 3); i > 0; i--) given = wrongly(draw, given);
    say(`tf.${name}(${shown(given).slice(1, -1)}) by its ${this.#door}`);
    tf.tidy(() => {
      const args = (given as unknown[]).map((value) => this.#made(value));
      this.#passing = inFunction ? undefined : draw.int(0, this.#door === "gradient" ? 5 : 1);
      try {
        read(tf, this.#door === "gradient" ? this.#gradient(name, args) : functionOf(tf, name)(...args));
      } finally {
        this.#passing = undefined;
      }
    });
  }

  #gradient(name: string, args: unknown[]): unknown {
    const { tf } = this.#tools;
    const place = args.findIndex((value) => value instanceof tf.Tensor && value.dtype === "float32");
    const x = args[Math.max(place, 0)] as Tfjs.Tensor;
    const f = (given: Tfjs.Tensor) => {
      const y = functionOf(tf, name)(...args.map((value, i) => (i === place ? given : value)));
      return (Array.isArray(y) ? y[0] : y) as Tfjs.Tensor;
    };
    return tf.grad(f)(x);
  }

  /** Whether the call that arrives at this door is the one to be made wrong. */
  #isMine(door: Door): boolean {
    const mine =
      this.#door === door ||
      (this.#door === "gradient" && door === (this.#draw.chance(0.5) ? "op" : "kernel"));
    if (!mine || this.#passing === undefined) return false;
    if (this.#passing-- > 0) return false;
    this.#passing = undefined;
    return true;
  }

  #kernel(name: string, inputs: object, attributes: object): unknown {
    if (!this.#isMine("kernel")) return this.#runKernel(name, inputs, attributes);
    const { tf, say } = this.#tools;
    const specs = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, this.#specs(value)]));
    let call: unknown[] = [specs, attributes ?? {}];
    for (let i = this.#draw.int(1, 3); i > 0; i--) {
      const [wrongInputs, wrongAttributes] = call;
      const which = this.#draw.chance(0.5);
      call = which
        ? [wrongly(this.#draw, wrongInputs), wrongAttributes]
        : [wrongInputs, wrongly(this.#draw, wrongAttributes)];
    }
    say(`kernel ${name}(${shown(call).slice(1, -1)})`);
    return tf.tidy(
      () =>
        this.#runKernel(name, this.#made(call[0]) as object, this.#made(call[1]) as object) as Tfjs.Tensor,
    );
  }

  #op(
    ...[name, attributes, inputs, outputs]: Parameters<Native["executeOp"]>
  ): ReturnType<Native["executeOp"]> {
    this.executed++;
    if (!this.#isMine("op")) return this.#executeOp(name, attributes, inputs, outputs);
    const draw = this.#draw;
    let wrong = { attributes, inputs, outputs };
    for (let i = draw.int(1, 3); i > 0; i--) {
      if (draw.chance(0.45)) wrong = { ...wrong, attributes: this.#wrongAttributes(wrong.attributes) };
      else if (draw.chance(0.9)) wrong = { ...wrong, inputs: this.#wrongInputs(wrong.inputs) };
      else wrong = { ...wrong, outputs: draw.pick([0, 1, 2, 5, 1024, ...hostileNumbers]) };
    }
    const described = wrong.inputs.map((id) => this.#described(id));
    this.#tools.say(
      `op ${name}(${described.join(", ")}) with ${shown(wrong.attributes)} and ${wrong.outputs} outputs`,
    );
    return this.#executeOp(name, wrong.attributes, wrong.inputs, wrong.outputs);
  }

  #wrongAttributes(attributes: readonly Attribute[]): Attribute[] {
    const draw = this.#draw;
    const place = draw.int(0, Math.max(0, attributes.length - 1));
    const one = attributes[place];
    if (!one || draw.chance(0.1))
      return [
        ...attributes,
        {
          name: draw.pick([
            "T",
            "N",
            "bogus",
            "strides",
            "dtype",
            "axis",
            "Tidx",
            "shape",
            "padding",
            "keep_dims",
            "_XlaMustCompile",
            "_output_shapes",
            "_class",
            "",
          ]),
          type: draw.pick([0, 1, 2, 3, 4, 5, 8, 104, 100]),
          value: draw.pick<unknown>(["x", 1, 0, -1, true, [], [1], [1, -1, 2], ["a"], 0.5, 2 ** 40]),
        },
      ];
    if (draw.chance(0.1)) return attributes.filter((_, i) => i !== place);
    return attributes.map((attribute, i) => (i === place ? this.#wrongAttribute(attribute) : attribute));
  }

  #wrongAttribute(attribute: Attribute): Attribute {
    const draw = this.#draw;
    const { name, type, value } = attribute;
    if (draw.chance(0.1)) return { name: draw.pick(["bogus", "T", ""]), type, value };
    if (draw.chance(0.15)) return { name, type: draw.pick([0, 1, 2, 3, 4, 5, 8, 100, 104]), value };
    if (draw.chance(0.15))
      return draw.pick<Attribute>([
        { name, type: 1, value: draw.pick(hostileNumbers) },
        { name, type: 1, value: [draw.pick(hostileNumbers), 1] },
        { name, type: 2, value: draw.pick(hostileNumbers) },
        { name, type: 3, value: true },
        { name, type: 0, value: "bogus" },
        { name, type: 4, value: draw.pick(dtypes) },
        { name, type: 5, value: [2, -1] },
        { name, type: 104, value: [1, 3] },
        { name, type: 100, value: ["a", "b"] },
        { name, type: 8, value: "bogus" },
      ]);
    if (type === 4 && !Array.isArray(value)) return { name, type, value: draw.pick(dtypes) };
    return { name, type, value: wrongly(draw, value) };
  }

  #wrongInputs(inputs: readonly number[]): number[] {
    const draw = this.#draw;
    const place = draw.int(0, Math.max(0, inputs.length - 1));
    const id = inputs[place];
    if (id === undefined || draw.chance(0.08)) return [...inputs, this.#stranger()];
    if (draw.chance(0.08)) return inputs.filter((_, i) => i !== place);
    if (draw.chance(0.05))
      return inputs.map((old, i) => (i === place ? draw.pick([-1, -2, 1e9, 0.5, Number.NaN]) : old));
    if (draw.chance(0.1)) return inputs.map((old, i) => (i === place ? this.#stranger() : old));
    const spec = this.#specOf(id);
    if (!spec) return inputs.map((old, i) => (i === place ? this.#stranger() : old));
    const tensor = this.#made(wrongly(draw, spec));
    const { tf } = this.#tools;
    if (!(tensor instanceof tf.Tensor) || tensor.isDisposed) return inputs.filter((_, i) => i !== place);
    return inputs.map((old, i) => (i === place ? this.#idOf(tensor) : old));
  }

  /** A tensor of a type that TensorFlow.js has not, or a variable's handle. */
  #stranger(): number {
    const { binding } = this.#tools;
    this.#strangers ??= [
      binding.createTensor([2], 9, BigInt64Array.of(1n, -1n)),
      binding.createTensor([], 9, BigInt64Array.of(2n ** 62n)),
      binding.createTensor([2, 2], 2, Float64Array.of(1, 2, 3, 4)),
      binding.createTensor([4], 4, Uint8Array.of(1, 2, 3, 255)),
      binding.createTensor([0], 1, new Float32Array()),
      binding.createTensor([], 3, Int32Array.of(-1)),
      binding.createTensor([1], 7, [new TextEncoder().encode("text")]),
      this.#executeOp(
        "VarHandleOp",
        [
          { name: "dtype", type: 4, value: 1 },
          { name: "shape", type: 5, value: [2] },
          { name: "shared_name", type: 0, value: "fuzzed" },
        ],
        [],
        1,
      )[0]?.id as number,
    ];
    return this.#draw.pick(this.#strangers);
  }

  #idOf(tensor: Tfjs.Tensor): number {
    const { backend } = this.#tools.tf as unknown as {
      backend(): { getInputTensorIds(t: object[]): number[] };
    };
    return (this.#tools.tf.backend() as unknown as ReturnType<typeof backend>).getInputTensorIds([
      tensor,
    ])[0] as number;
  }

  #described(id: number): string {
    const spec = this.#specOf(id);
    return spec ? shown(spec) : `tensor ${id}`;
  }

  /** What a live tensor of the binding's is; undefined for types that TensorFlow.js has not. */
  #specOf(id: number): TensorSpec | undefined {
    const { binding } = this.#tools;
    let handle: ReturnType<Native["handle"]>;
    try {
      handle = binding.handle(id, "the fuzz");
    } catch {
      return undefined;
    }
    const dtype = ({ 1: "float32", 3: "int32", 7: "string", 8: "complex64", 10: "bool" } as const)[
      handle.dtype as 1
    ];
    if (!dtype) return undefined;
    const values = binding.tensorDataSync(id) as unknown as ArrayLike<never>;
    return new TensorSpec(dtype, handle.shape, plain(dtype, values));
  }

  /** Live tensors, in lists too, as they could be made. */
  #specs(value: unknown): unknown {
    const { tf } = this.#tools;
    if (Array.isArray(value)) return value.map((one) => this.#specs(one));
    if (!(value instanceof tf.Tensor)) return value;
    return new TensorSpec(
      value.dtype,
      value.shape,
      plain(value.dtype, value.dataSync() as unknown as ArrayLike<never>),
    );
  }

  /** The same with tensors in the place of what they are to be. */
  #made(value: unknown): unknown {
    if (value instanceof TensorSpec) return this.#tensor(value);
    if (Array.isArray(value)) return value.map((one) => this.#made(one));
    if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
      return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.#made(one)]));
  }

  #tensor({ dtype, shape, values, disposed }: TensorSpec): Tfjs.Tensor {
    const { tf } = this.#tools;
    const numbers = values as number[];
    const made =
      dtype === "complex64"
        ? this.#complex(shape as number[], numbers)
        : tf.tensor(
            dtype === "string" ? (values as string[]) : typed(dtype, numbers),
            shape as number[],
            dtype,
          );
    if (disposed) made.dispose();
    return made;
  }

  #complex(shape: number[], values: number[]): Tfjs.Tensor {
    const { tf } = this.#tools;
    return tf.complex(tf.tensor(values, shape, "float32"), tf.zeros(shape));
  }
}

function typed(
  dtype: "float32" | "int32" | "bool",
  values: number[],
): Float32Array | Int32Array | Uint8Array {
  if (dtype === "bool") return Uint8Array.from(values, (value) => (value ? 1 : 0));
  return dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values);
}

function plain(dtype: string, values: ArrayLike<never>): (number | string)[] {
  const list = Array.from(values) as unknown[];
  if (dtype === "string")
    return list.map((text) =>
      typeof text === "string" ? text : new TextDecoder().decode(text as Uint8Array),
    );
  return (dtype === "complex64" ? list.filter((_, i) => i % 2 === 0) : list) as number[];
}

function functionOf(tf: Tf, name: string): (...args: unknown[]) => unknown {
  return name.split(".").reduce((of: unknown, part) => (of as Record<string, unknown>)[part], tf) as never;
}

/** Reads what came of it, which waits for what still runs. */
function read(tf: Tf, result: unknown): void {
  if (result instanceof tf.Tensor) result.dataSync();
  else if (result !== null && typeof result === "object")
    for (const one of Object.values(result)) read(tf, one);
}

function shown(value: unknown): string {
  const text = inspect(value, {
    depth: 6,
    breakLength: Number.POSITIVE_INFINITY,
    maxArrayLength: 24,
    compact: true,
  });
  return text.length > 1500 ? `${text.slice(0, 1500)} …` : text;
}
