/**
 * Pictures as PNG, without loss: grey or colour, with or without alpha, 8 bits a channel.
 *
 * Source: PNG Specification (Third Edition), https://www.w3.org/TR/png-3/; the filter of a row is chosen by the least sum
 * of absolute differences, as its section 12.7 recommends.
 */
import { crc32, deflateSync } from "node:zlib";

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Grey; grey and alpha; red, green, blue; red, green, blue, alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  /** Row by row, `width * height * channels` bytes. */
  readonly data: Uint8Array;
}

/** PNG files of one size. */
export interface Pictures {
  readonly width: number;
  readonly height: number;
  readonly files: readonly Uint8Array[];
}

const colourType = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function encodePng({ width, height, channels, data }: Raster): Uint8Array {
  const header = pngHeader({ width, height }, colourType[channels]);
  const rows = deflateSync(filteredRows(data, width * channels, channels));
  return pngFile([
    ["IHDR", header],
    ["IDAT", rows],
  ]);
}

/** The chunk IHDR of a picture of 8 bits a channel that is not interlaced. */
export function pngHeader({ width, height }: { width: number; height: number }, colour: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colour, 0, 0, 0], 8);
  return header;
}

/** A whole file of these chunks; its end is added. */
export function pngFile(chunks: readonly (readonly [type: string, data: Uint8Array])[]): Uint8Array {
  const ended = [...chunks, ["IEND", new Uint8Array()] as const];
  return Buffer.concat([signature, ...ended.map(([type, data]) => chunk(type, data))]);
}

/** Width and height of a PNG; throws a `SyntaxError` that says why, if it is none or not whole. */
export function pngSize(file: Uint8Array): { readonly width: number; readonly height: number } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (!bytes.subarray(0, 8).equals(signature)) throw new SyntaxError("it does not begin as a PNG does");
  let size: { width: number; height: number } | undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const [type, end] = [bytes.toString("latin1", at + 4, at + 8), at + 8 + bytes.readUInt32BE(at)];
    if (end + 4 > bytes.length) break;
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end))
      throw new SyntaxError(`the checksum of its part ${type} does not fit`);
    if (type === "IHDR") size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (type === "IEND" && size) return size;
    at = end + 4;
  }
  throw new SyntaxError("it ends before its last part");
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** Each row behind the number of its filter, of the five that PNG has. `step`: bytes a pixel. */
function filteredRows(data: Uint8Array, rowBytes: number, step: number): Uint8Array {
  const height = data.length / rowBytes;
  const out = new Uint8Array((rowBytes + 1) * height);
  const lines = Array.from({ length: 5 }, () => new Uint8Array(rowBytes));
  for (let y = 0; y < height; y++) {
    const sums = filterRow(data, { at: y * rowBytes, rowBytes, step }, lines);
    const best = sums.indexOf(Math.min(...sums));
    out[y * (rowBytes + 1)] = best;
    out.set(lines[best]!, y * (rowBytes + 1) + 1);
  }
  return out;
}

type Lines = [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

interface Row {
  readonly at: number;
  readonly rowBytes: number;
  readonly step: number;
}

/** Fills a line for each filter; the sum of each line's absolute values, its bytes taken as signed. */
function filterRow(data: Uint8Array, { at, rowBytes, step }: Row, lines: readonly Uint8Array[]): number[] {
  const [none, sub, above, average, paeth] = lines as Lines;
  let [sum0, sum1, sum2, sum3, sum4] = [0, 0, 0, 0, 0];
  for (let x = 0; x < rowBytes; x++) {
    const value = data[at + x]!;
    const left = x >= step ? data[at + x - step]! : 0;
    const up = at > 0 ? data[at + x - rowBytes]! : 0;
    const upLeft = x >= step && at > 0 ? data[at + x - rowBytes - step]! : 0;
    none[x] = value;
    sub[x] = value - left;
    above[x] = value - up;
    average[x] = value - ((left + up) >> 1);
    paeth[x] = value - nearest(left, up, upLeft);
    sum0 += size(value);
    sum1 += size(sub[x]!);
    sum2 += size(above[x]!);
    sum3 += size(average[x]!);
    sum4 += size(paeth[x]!);
  }
  return [sum0, sum1, sum2, sum3, sum4];
}

function size(byte: number): number {
  return byte < 128 ? byte : 256 - byte;
}

/** Paeth's predictor: of the three the one nearest to left + up − upLeft; the first of equals. */
function nearest(left: number, up: number, upLeft: number): number {
  const a = Math.abs(up - upLeft);
  const b = Math.abs(left - upLeft);
  const c = Math.abs(left + up - 2 * upLeft);
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}
