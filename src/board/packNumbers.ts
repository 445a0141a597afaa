/** Arrays of numbers as text, and back in `unpackBoard`. */
import type { ScalarSeries } from "../track/runData.js";

/** Little-endian numbers in base64. */
export type Packed = string;

/** The smallest of three formats that holds the numbers exactly, named by its first letter: int32, float32, float64. */
export function pack(values: ScalarSeries["values"]): Packed {
  const formats: [string, Int32Array | Float32Array | Float64Array][] = [
    ["i", Int32Array.from(values)],
    ["f", Float32Array.from(values)],
    ["d", Float64Array.from(values)],
  ];
  const [letter, array] =
    formats.find(([, packed]) => values.every((value, i) => Object.is(packed[i], value))) ??
    (formats[2] as [string, Float64Array]);
  return letter + Buffer.from(array.buffer).toString("base64");
}
