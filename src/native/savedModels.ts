/** Saved models: loaded into a graph session, run by the names of their inputs and outputs. */
import { configProto } from "./configProto.js";
import { isNull, type Output, type Pointer } from "./ffi.js";
import { describe, type Handle } from "./handles.js";
import { check, type TensorFlow } from "./tensorflow.js";

interface SavedModel {
  readonly graph: Pointer;
  readonly session: Pointer;
}

export class SavedModels {
  readonly #byId = new Map<number, SavedModel>();
  #next = 0;

  get size(): number {
    return this.#byId.size;
  }

  /** @param tags Comma-separated, usually `serve`. */
  load(tf: TensorFlow, folder: string, tags: string): number {
    const { api, status } = tf;
    const tagList = tags.split(",");
    const options = sessionOptions(tf);
    const graph = api.TF_NewGraph();
    const session = api.TF_LoadSessionFromSavedModel(
      options,
      null,
      folder,
      tagList,
      tagList.length,
      graph,
      null,
      status,
    );
    api.TF_DeleteSessionOptions(options);
    try {
      check(tf, () => `loading the saved model in ${folder} failed`);
    } catch (error) {
      api.TF_DeleteGraph(graph);
      throw error;
    }
    this.#byId.set(this.#next, { graph, session });
    return this.#next++;
  }

  delete(tf: TensorFlow, id: number): void {
    const { graph, session } = this.#get(id);
    this.#byId.delete(id);
    tf.api.TF_CloseSession(session, tf.status);
    tf.api.TF_DeleteSession(session, tf.status);
    tf.api.TF_DeleteGraph(graph);
    check(tf, () => "closing a saved model failed");
  }

  /**
   * @param names Comma-separated `op:index` of the inputs, in the order of `inputs`, and of the outputs; and what is run,
   *   for messages.
   * @returns TF_Tensors, which the caller frees.
   */
  run(
    tf: TensorFlow,
    id: number,
    inputs: readonly Handle[],
    names: { inputs: string; outputs: string; what?: string | undefined },
  ): Pointer[] {
    const { api, status } = tf;
    const model = this.#get(id);
    const feeds = outputsNamed(tf, model.graph, names.inputs);
    const fetches = outputsNamed(tf, model.graph, names.outputs);
    if (feeds.length !== inputs.length)
      throw new RangeError(
        `Length of input op names (${feeds.length}) does not match the length of input tensors (${inputs.length}).`,
      );
    const values = resolved(tf, inputs);
    const results = new BigUint64Array(fetches.length);
    api.TF_SessionRun(
      model.session,
      null,
      feeds,
      values,
      feeds.length,
      fetches,
      results,
      fetches.length,
      null,
      0,
      null,
      status,
    );
    for (const value of values) api.TF_DeleteTensor(value);
    check(tf, () => `running ${names.what ?? `the saved model for ${names.outputs}`} failed`);
    return Array.from(results);
  }

  #get(id: number): SavedModel {
    const model = this.#byId.get(id);
    if (!model)
      throw new RangeError(`there is no saved model with id ${id}: it was disposed or never loaded`);
    return model;
  }
}

/**
 * The process's own threads and GPU memory. Ops on a device that this machine lacks run on one that it has, and the graph
 * is rewritten as TensorFlow likes: it was not traced here.
 */
function sessionOptions(tf: TensorFlow): Pointer {
  const options = tf.api.TF_NewSessionOptions();
  const proto = configProto({ ...tf.config, graphRewrites: true });
  tf.api.TF_SetConfig(options, proto, proto.length, tf.status);
  check(tf, () => "making the options of a saved model failed");
  return options;
}

/** The values of the handles, as TF_Tensors that the caller frees. */
function resolved(tf: TensorFlow, inputs: readonly Handle[]): BigUint64Array {
  const values = new BigUint64Array(inputs.length);
  try {
    inputs.forEach((input, i) => {
      values[i] = tf.api.TFE_TensorHandleResolve(input.pointer, tf.status);
      check(tf, () => `reading ${describe(input)} for a saved model failed`);
    });
    return values;
  } catch (error) {
    for (const value of values) if (value !== 0n) tf.api.TF_DeleteTensor(value);
    throw error;
  }
}

function outputsNamed(tf: TensorFlow, graph: Pointer, names: string): Output[] {
  if (names === "") return [];
  return names.split(",").map((name) => {
    const [operation = "", index = "0"] = name.split(":");
    const oper = tf.api.TF_GraphOperationByName(graph, operation);
    if (isNull(oper)) throw new RangeError(`the saved model has no operation named ${operation}`);
    return { oper, index: Number(index) };
  });
}
