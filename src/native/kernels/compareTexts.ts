/** Which text stands before which, in the order of their bytes. TensorFlow compares texts for being equal only. */
import { backend, tf } from "../backend.js";
import { registerKernel, stockKernel } from "./registerKernel.js";

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

const comparisons: readonly [string, (order: number) => boolean][] = [
  ["Less", (order) => order < 0],
  ["LessEqual", (order) => order <= 0],
  ["Greater", (order) => order > 0],
  ["GreaterEqual", (order) => order >= 0],
];

for (const [name, holds] of comparisons) {
  const stock = stockKernel<Inputs, Record<string, never>>(name);
  registerKernel<Inputs>(name, (call) => {
    const { a, b } = call.inputs;
    if (a.dtype !== "string" || b.dtype !== "string") return stock(call);
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const [left, right] = [a, b].map((tensor) => texts(tensor, shape)) as [Uint8Array[], Uint8Array[]];
    const order = left.map((text, i) => Buffer.compare(text, right[i] as Uint8Array));
    return tf.tensor(order.map(holds), shape, "bool");
  });
}

/** The bytes of each text, in a larger shape as TensorFlow would repeat them. */
function texts({ dataId, shape }: tf.TensorInfo, broadcast: number[]): Uint8Array[] {
  const values = (backend as unknown as { readSync(data: object): Uint8Array[] }).readSync(dataId);
  const places = tf.broadcastTo(tf.reshape(tf.range(0, values.length, 1, "int32"), shape), broadcast);
  return Array.from(places.dataSync(), (place) => values[place] as Uint8Array);
}
