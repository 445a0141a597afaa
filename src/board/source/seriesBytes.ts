/**
 * Series as bytes, for the way from the server to the page.
 *
 * Layout, little-endian: the length of the header in bytes (uint32), the header (JSON, UTF-8), zeros up to a multiple of 8,
 * then the arrays in the header's order, each beginning at a multiple of 8. The formats are int32, float32 and float64:
 * of each array the smallest that holds its numbers exactly.
 */
import type { ThinnedSeries } from "../thin.js";
import type { SeriesAnswer } from "./pageSource.js";

const names = ["steps", "values", "wallTimes", "counts", "means"] as const;
type Name = (typeof names)[number];
type Format = "i" | "f" | "d";
type Column = readonly [name: Name, format: Format, length: number];

interface Header {
  readonly run: string;
  readonly tag: string;
  readonly columns: readonly Column[];
}

const makers = { i: Int32Array, f: Float32Array, d: Float64Array } as const;

export function seriesBytes(answers: readonly SeriesAnswer[]): Uint8Array<ArrayBuffer> {
  const arrays: (Int32Array | Float32Array | Float64Array)[] = [];
  const headers = answers.map(({ run, tag, series }): Header => {
    const columns = names.flatMap((name): Column[] => {
      const values = series[name];
      if (!values) return [];
      const format = formatOf(values);
      arrays.push(makers[format].from(values));
      return [[name, format, values.length]];
    });
    return { run, tag, columns };
  });
  const header = new TextEncoder().encode(JSON.stringify(headers));
  const start = padded(4 + header.length);
  const size = arrays.reduce((sum, { byteLength }) => sum + padded(byteLength), start);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return bytes;
}

/** @throws RangeError when the bytes end before the header says so. */
export function seriesFromBytes(buffer: ArrayBuffer): SeriesAnswer[] {
  const length = new DataView(buffer).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
  let at = padded(4 + length);
  return (JSON.parse(text) as Header[]).map(({ run, tag, columns }) => {
    const series: Partial<Record<Name, Float64Array>> = {};
    for (const [name, format, count] of columns) {
      const array = new makers[format](buffer, at, count);
      series[name] = format === "d" ? (array as Float64Array) : Float64Array.from(array);
      at += padded(array.byteLength);
    }
    return { run, tag, series: series as unknown as ThinnedSeries };
  });
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function formatOf(values: Float64Array): Format {
  let whole = true;
  let single = true;
  for (let i = 0; i < values.length && (whole || single); i++) {
    const value = values[i] as number;
    // Not -0, which int32 has not.
    whole &&= (value | 0) === value && (value !== 0 || Object.is(value, 0));
    single &&= Object.is(Math.fround(value), value);
  }
  return whole ? "i" : single ? "f" : "d";
}
