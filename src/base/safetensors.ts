/**
 * Named float32 tensors and texts in one file, in the safetensors format (github.com/huggingface/safetensors): 8 bytes
 * with the header's length, the header as JSON, the values. Python reads it with `safetensors.numpy.load_file`.
 *
 * Ours has the SHA-256 of everything else among its texts: what a disk lost or changed is seen.
 */
import { createHash } from "node:crypto";

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  /** Everything that is no tensor. */
  readonly texts: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

type Header = Readonly<Record<string, Entry>>;

const lengthBytes = 8;
const alignment = 8;
const metadata = "__metadata__";
const checksum = "sha256";

/** The file in pieces, in their order; the tensors' values are not copied. Names are different from each other. */
export function encodeTensors(
  tensors: readonly NamedTensor[],
  texts: Readonly<Record<string, string>>,
): Uint8Array[] {
  const entries: Record<string, Entry> = {};
  let end = 0;
  for (const { name, shape, values } of tensors) {
    entries[name] = { dtype: "F32", shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const pieces = tensors.map(({ values }) => bytesOf(values));
  const sum = sumOf(texts, entries, pieces);
  const header = Buffer.from(JSON.stringify({ [metadata]: { ...texts, [checksum]: sum }, ...entries }));
  const padding = Buffer.alloc((alignment - (header.length % alignment)) % alignment, " ");
  const length = Buffer.alloc(lengthBytes);
  length.writeBigUInt64LE(BigInt(header.length + padding.length));
  return [length, header, padding, ...pieces];
}

/**
 * Reads what `encodeTensors` wrote.
 *
 * @throws SyntaxError in half a sentence for a file that is not whole, or not as it was written.
 */
export function decodeTensors(bytes: Uint8Array): TensorFile {
  const { header, texts, sum, start } = readHeader(bytes);
  const tensors = new Map<string, NamedTensor>();
  const pieces: Uint8Array[] = [];
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (dtype !== "F32") throw new SyntaxError(`its tensor "${name}" is ${dtype}, which must be F32`);
    const [from, to] = data_offsets;
    if (start + to > bytes.length) throw new SyntaxError(`it ends inside the tensor "${name}"`);
    // A copy, since floats must lie at a multiple of 4; a Buffer's own slice is none.
    const piece = Uint8Array.prototype.slice.call(bytes, start + from, start + to);
    pieces.push(piece);
    tensors.set(name, { name, shape, values: new Float32Array(piece.buffer, 0, piece.byteLength / 4) });
  }
  const end = Math.max(start, ...Object.values(header).map((entry) => start + entry.data_offsets[1]));
  if (bytes.length > end)
    throw new SyntaxError(`it goes on for ${bytes.length - end} bytes behind its tensors`);
  if (sumOf(texts, header, pieces) !== sum) throw new SyntaxError("its checksum does not fit its content");
  return { tensors, texts };
}

/** Only the texts, unchecked: the beginning of a file is enough. @throws SyntaxError when the header is not whole. */
export function decodeTexts(beginning: Uint8Array): TensorFile["texts"] {
  return readHeader(beginning).texts;
}

/** How many bytes from the file's start `decodeTexts` needs. */
export function headerEnd(first: Uint8Array): number {
  if (first.length < lengthBytes) throw new SyntaxError("it ends inside its header");
  return lengthBytes + Number(viewOf(first).getBigUint64(0, true));
}

function readHeader(bytes: Uint8Array) {
  const start = headerEnd(bytes);
  if (!(start <= bytes.length)) throw new SyntaxError("it ends inside its header");
  const all = parsed(Buffer.from(bytes.subarray(lengthBytes, start)).toString("utf8"));
  if (!isRecord(all)) throw new SyntaxError("its header is no JSON object");
  const { [metadata]: own = {}, ...header } = all;
  if (!isRecord(own) || !Object.values(own).every((text) => typeof text === "string"))
    throw new SyntaxError("its header's texts are none");
  for (const [name, entry] of Object.entries(header))
    if (!isEntry(entry)) throw new SyntaxError(`its header does not say where the tensor "${name}" is`);
  const { [checksum]: sum, ...texts } = own as Record<string, string>;
  return { header: header as Header, texts, sum, start };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new SyntaxError(`its header is no JSON: ${(error as Error).message}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether it has the kinds of values that an entry has, and an end that is not before its beginning. */
function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false;
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string" || !areSizes(shape) || !areSizes(offsets) || offsets.length !== 2)
    return false;
  const [from = 0, to = 0] = offsets;
  return from <= to && (dtype !== "F32" || (to - from) % 4 === 0);
}

function areSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function sumOf(
  texts: Readonly<Record<string, string>>,
  entries: Header,
  pieces: readonly Uint8Array[],
): string {
  const hash = createHash("sha256").update(JSON.stringify([texts, entries]));
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
