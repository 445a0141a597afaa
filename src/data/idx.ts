/** Reader of the IDX format, in which MNIST is published (http://yann.lecun.com/exdb/mnist/, "FILE FORMATS"). */
import { readFile } from "node:fs/promises";
import { sizeOfShape } from "../base/sizeOfShape.js";

/** Invariant: `values.length` is the product of `shape`. */
export interface IdxFile {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** Magic number: two zero bytes, the element type (0x08 = unsigned byte), the number of dimensions. */
const unsignedByte = 0x08;

/**
 * Reads an IDX file of unsigned bytes.
 *
 * @throws SyntaxError if the magic number, the dimensions or the length are not those of such a file.
 */
export async function readIdx(path: string): Promise<IdxFile> {
  return parseIdx(await readFile(path), path);
}

/** As `readIdx`, from bytes. `name` is told in errors. The values are a view of `bytes`. */
export function parseIdx(bytes: Uint8Array, name = "IDX data"): IdxFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) throw broken(name, "at least 4 bytes", `${bytes.length} bytes`);
  const [zero, type, rank] = [view.getUint16(0), view.getUint8(2), view.getUint8(3)];
  if (zero !== 0 || type !== unsignedByte || rank === 0) {
    const magic = view.getUint32(0).toString(16).padStart(8, "0");
    throw broken(name, "the magic number 000008nn of unsigned bytes with nn ≥ 1 dimensions", `0x${magic}`);
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw broken(name, `a header of ${start} bytes`, `${bytes.length} bytes`);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = sizeOfShape(shape);
  if (bytes.length !== start + size)
    throw broken(name, `${start + size} bytes for ${shape.join(" × ")} values`, `${bytes.length} bytes`);
  // A plain array, also of the Buffer that a file is read into.
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + start, size) };
}

function broken(name: string, required: string, given: string): SyntaxError {
  return new SyntaxError(`Reading ${name} needs ${required}; it has ${given}`);
}
