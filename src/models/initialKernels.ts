/** How the kernels of a model begin: their spread, and whether units are copies of each other. */
import { mean } from "../base/mean.js";
import type { InitialKernel } from "../base/modelSummary.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { tf } from "../native/index.js";
import { drawnDeviation } from "./drawnDeviation.js";
import { weightName } from "./summary.js";

type Layer = tf.LayersModel["layers"][number];

/** Rows of a kernel that are looked at: units that agree in so many numbers were not drawn at random. */
const mostRows = 64;
/** Numbers of a kernel that are looked at, but for two rows in any case. */
const mostNumbers = 2 ** 16;

/** By the names of their weights, as they are now; those of a layer of several axes with the last as its units. */
export function initialKernels(layer: Layer): Record<string, InitialKernel> {
  const kernels = layer.weights.filter(
    ({ originalName, shape }) => isKernel(originalName) && shape.length > 1,
  );
  const { kernelInitializer } = layer.getConfig() as { readonly kernelInitializer?: unknown };
  return Object.fromEntries(
    kernels.map((weight) => {
      const isDrawn = weight.originalName.endsWith("/kernel");
      const drawn = isDrawn ? drawnDeviation(kernelInitializer, shapeOf(weight)) : undefined;
      return [weightName(layer, weight), { ...kernelOf(weight), ...(drawn !== undefined && { drawn }) }];
    }),
  );
}

/** Whether all biases of a layer are 0; undefined where it has none. */
export function hasZeroBiases(layer: Layer): boolean | undefined {
  const biases = layer.weights.filter(({ originalName }) => originalName.endsWith("/bias"));
  if (biases.length === 0) return undefined;
  return biases.every((bias) =>
    bias
      .read()
      .dataSync()
      .every((value) => value === 0),
  );
}

/** Those of depthwise convolutions have a unit for each channel as well, and are left out. */
function isKernel(name: string): boolean {
  const last = name.slice(name.lastIndexOf("/") + 1);
  return last === "kernel" || last === "recurrent_kernel" || last === "pointwise_kernel";
}

function shapeOf(weight: tf.layers.Layer["weights"][number]): number[] {
  return weight.shape.map((length) => length ?? 1);
}

function kernelOf(weight: tf.layers.Layer["weights"][number]): InitialKernel {
  const shape = shapeOf(weight);
  const units = shape.at(-1) ?? 1;
  const fanIn = sizeOfShape(shape.slice(0, -1));
  const rows = Math.min(fanIn, mostRows, Math.max(2, Math.floor(mostNumbers / units)));
  const table = weight.read().reshape([fanIn, units]);
  const seen = rows < fanIn ? table.slice([0, 0], [rows, units]) : table;
  const values = seen.dataSync() as Float32Array;
  for (const made of new Set([table, seen])) made.dispose();
  return { fanIn, units, ...momentsOf(values), identical: identicalShare(values, units) };
}

function momentsOf(values: Float32Array): { mean: number; std: number } {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return { mean: centre, std: Math.sqrt(squares / values.length) };
}

/**
 * Share of the columns that equal another one, bit by bit: each is known by two hashes of 32 bits (FNV-1a's steps by
 * words, from two beginnings).
 *
 * @param values [rows, units]
 */
export function identicalShare(values: Float32Array, units: number): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const one = new Uint32Array(units).fill(2_166_136_261);
  const two = new Uint32Array(units).fill(0x9747b28c);
  for (let i = 0; i < bits.length; i++) {
    const unit = i % units;
    one[unit] = Math.imul((one[unit] as number) ^ (bits[i] as number), 16_777_619);
    two[unit] = Math.imul((two[unit] as number) ^ (bits[i] as number), 0x85ebca6b) + 1;
  }
  const counts = new Map<number, number>();
  const keyOf = (unit: number) => (one[unit] as number) * 2 ** 20 + ((two[unit] as number) >>> 12);
  for (let unit = 0; unit < units; unit++) counts.set(keyOf(unit), (counts.get(keyOf(unit)) ?? 0) + 1);
  let shared = 0;
  for (const count of counts.values()) if (count > 1) shared += count;
  return shared / units;
}
