/** What TensorFlow's words leave out: what to do about them. */
import { freemem, totalmem } from "node:os";
import { bytesPerElement, DType } from "./dtypes.js";

/** `TF_Code` of what could not be allocated. */
export const resourceExhausted = 8;

const hints: readonly [RegExp, string][] = [
  [/is not in the list of allowed values/, "cast it to one of these, as by tf.cast(x, 'float32')"],
  [
    /was expected to be an? \w+ tensor but is an? \w+ tensor/,
    "give both one type, as by tf.cast(x, 'float32')",
  ],
  [
    /Incompatible shapes|must be broadcastable/i,
    "counted from the last, sizes must be equal, or one of them 1",
  ],
  [/Matrix size-incompatible/, "the first one's columns must be as many as the second one's rows"],
  [/evenly divisible by filter depth/, "a filter's second to last size must be the input's channels"],
  [
    /is not in \[0, \d+\)/,
    "indices, such as classes and words, must be below the number of rows they choose from",
  ],
];

/** A sentence's end such as `; cast it to …`, or the empty text where nothing is known to help. */
export function hintFor(code: number, reason: string): string {
  if (code === resourceExhausted) return memoryHint(reason);
  const found = hints.find(([words]) => words.test(reason));
  return found ? `; ${found[1]}` : "";
}

/** TensorFlow's words without its description of the op, which is longer than they are; of a graph's op the name. */
export function withoutNodeDef(reason: string): string {
  return reason
    .replace(/\s*; (?:NodeDef: |Op<name=)[\s\S]*$/, "")
    .replace(/\s*\[\[(?:\{\{function_node [^}]*\}\})*\{\{node ([^}]*)\}\}\]\]/g, " (at $1)")
    .replace(/\{\{function_node [^}]*\}\} */g, "");
}

/** How large the tensor was to be, how much there is, and what needs less. */
function memoryHint(reason: string): string {
  const asked = /with shape\s?\[([\d,]*)\] and type (\w+) on (\S+)/.exec(reason);
  const size = asked && sizeOf(asked[1] ?? "", asked[2] ?? "");
  const needed = size ? `it asks for ${readableBytes(size)}` : "it asks for more memory than there is";
  const isHost = !asked?.[3]?.includes("GPU");
  const there = isHost
    ? `, while ${readableBytes(freemem())} of this machine's ${readableBytes(totalmem())} are free`
    : "";
  return `; ${needed}${there}: take a smaller batch, or free tensors by tf.tidy and dispose`;
}

function sizeOf(shape: string, type: string): number | undefined {
  const names: Record<string, number> = { ...DType, float: DType.float32, double: DType.float64 };
  const dtype = names[type];
  if (dtype === undefined) return undefined;
  return shape.split(",").reduce((product, size) => product * Number(size || 1), bytesPerElement(dtype));
}

/** `3.6 TB`, in powers of 1,000. */
export function readableBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
