/** Pictures as a person has them, as PNG files. */
import { encodePng, type Pictures, pngSize, type Raster } from "../base/png.js";
import { isTensorLike, type TensorLike } from "./tensorLike.js";

/** Pixels row by row; how many channels there are follows from their number. `ImageData` is one. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Bytes from 0 to 255, or floats from 0 to 1. */
  readonly data: Uint8Array | Uint8ClampedArray | Float32Array | Float64Array;
}

export type ImageInput = TensorLike | Pixels | Uint8Array | ArrayBuffer;

/**
 * A tensor [height, width], [height, width, channels] or a batch [n, height, width, channels], with 1 (grey), 2 (grey and
 * alpha), 3 or 4 channels; pixels; or the bytes of a PNG file, which are taken as they are.
 *
 * @throws TypeError if `input` is none of them or has another shape, RangeError for values out of bounds, SyntaxError for
 *   bytes that are no whole PNG.
 */
export function picturesOf(input: ImageInput, what: string): Pictures {
  if (input instanceof Uint8Array || input instanceof ArrayBuffer) return givenPng(input, what);
  if (isTensorLike(input)) return ofTensor(input, what);
  if (isPixels(input)) return ofPixels(input, what);
  throw new TypeError(
    `${what}: a picture must be a tensor, pixels { width, height, data }, or the bytes of a PNG; got ${input === null ? "null" : typeof input}`,
  );
}

function givenPng(input: Uint8Array | ArrayBuffer, what: string): Pictures {
  const file = input instanceof Uint8Array ? input : new Uint8Array(input);
  try {
    return { ...pngSize(file), files: [file] };
  } catch (error) {
    throw new SyntaxError(`${what}: bytes must be a PNG file, but ${(error as Error).message}`);
  }
}

function ofTensor(tensor: TensorLike, what: string): Pictures {
  const { shape, dtype } = tensor;
  const sizes = shape.length === 2 ? [1, ...shape, 1] : shape.length === 3 ? [1, ...shape] : shape;
  const [count, height, width, channels] = sizes as [number, number, number, number];
  if (sizes.length !== 4 || !(channels >= 1 && channels <= 4))
    throw new TypeError(
      `${what}: a tensor must be [height, width], [height, width, channels] or [n, height, width, channels] with 1 to 4 channels; got [${shape.join(", ")}]`,
    );
  if (count * height * width === 0)
    throw new RangeError(`${what}: a picture must have a pixel; got a tensor [${shape.join(", ")}]`);
  const bytes = toBytes(tensor.dataSync(), dtype, what);
  const size = height * width * channels;
  const raster = { width, height, channels: channels as Raster["channels"] };
  const files = Array.from({ length: count }, (_, i) =>
    encodePng({ ...raster, data: bytes.subarray(i * size, (i + 1) * size) }),
  );
  return { width, height, files };
}

function isPixels(value: unknown): value is Pixels {
  return (
    typeof value === "object" && value !== null && "width" in value && "height" in value && "data" in value
  );
}

function ofPixels({ width, height, data }: Pixels, what: string): Pictures {
  for (const [name, size] of Object.entries({ width, height }))
    if (!Number.isSafeInteger(size) || size < 1)
      throw new RangeError(`${what}: ${name} must be a whole number of at least 1; got ${size}`);
  if (!ArrayBuffer.isView(data) || data instanceof DataView)
    throw new TypeError(
      `${what}: data must be a Uint8Array of 0 to 255 or a Float32Array of 0 to 1; got ${Array.isArray(data) ? "a list" : typeof data}`,
    );
  const channels = data.length / (width * height);
  if (![1, 2, 3, 4].includes(channels))
    throw new TypeError(
      `${what}: data must have 1 to 4 values a pixel; got ${data.length} values for ${width} × ${height} pixels`,
    );
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  const bytes = toBytes(data, isFloat ? "float32" : "int32", what);
  const raster = { width, height, channels: channels as Raster["channels"], data: bytes };
  return { width, height, files: [encodePng(raster)] };
}

/** The values that a type may have, and what makes bytes of them. */
const ranges: Readonly<
  Record<string, { readonly most: number; readonly scale: number; readonly hint: string }>
> = {
  float32: { most: 1, scale: 255, hint: "whole numbers from 0 to 255 need dtype int32 or a Uint8Array" },
  int32: { most: 255, scale: 1, hint: "values from 0 to 1 need dtype float32 or a Float32Array" },
  bool: { most: 1, scale: 255, hint: "a bool is 0 or 1" },
};

function toBytes(values: ArrayLike<number>, dtype: string, what: string): Uint8Array {
  const range = ranges[dtype];
  if (!range) throw new TypeError(`${what}: pixels must be float32, int32 or bool; got ${dtype}`);
  const { most, scale, hint } = range;
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Written so that NaN is refused too.
    if (!(value >= 0 && value <= most))
      throw new RangeError(`${what}: ${dtype} pixels must be from 0 to ${most}; got ${value} (${hint})`);
    bytes[i] = Math.round(value * scale);
  }
  return bytes;
}
