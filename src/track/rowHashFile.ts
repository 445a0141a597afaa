/**
 * `rows.bin`: a hash of each row of each split.
 *
 * Layout, all numbers little-endian: 8 bytes "TLROWS01"; the length of the header as u32; the header, JSON, padded with spaces
 * so that what follows begins at a multiple of 8: `{ splits: [{ name, rows }], words: { hashed, of } }`; 8 bytes a row, split after
 * split; the CRC-32C of all before as u32. How a row is hashed stands in `src/data/record/rowHashes.ts`.
 */
import { type RowHashes, type SplitName, splitNames } from "../base/dataRecord.js";
import { crc32c } from "./crc32c.js";

const magic = "TLROWS01";

export interface HashedWords {
  /** 32-bit words of a row that its hash is of. */
  readonly hashed: number;
  /** In a row. */
  readonly of: number;
}

export interface StoredHashes {
  readonly hashes: RowHashes;
  readonly words: HashedWords;
}

interface Header {
  readonly splits: readonly { readonly name: SplitName; readonly rows: number }[];
  readonly words: HashedWords;
}

export function encodeRowHashes({ hashes, words }: StoredHashes): Uint8Array {
  const held = splitNames.flatMap((name) => {
    const of = hashes[name];
    return of ? [[name, of] as const] : [];
  });
  const splits = held.map(([name, of]) => ({ name, rows: of.length / 2 }));
  const text = JSON.stringify({ splits, words } satisfies Header);
  const header = text.padEnd(text.length + ((4 - (text.length % 8) + 8) % 8), " ");
  const first = magic.length + 4 + header.length;
  const bytes = Buffer.alloc(first + held.reduce((sum, [, of]) => sum + of.byteLength, 0) + 4);
  bytes.write(magic, 0, "latin1");
  bytes.writeUInt32LE(header.length, magic.length);
  bytes.write(header, magic.length + 4, "latin1");
  let at = first;
  for (const [, of] of held) {
    bytes.set(new Uint8Array(of.buffer, of.byteOffset, of.byteLength), at);
    at += of.byteLength;
  }
  bytes.writeUInt32LE(crc32c(bytes, 0, at) >>> 0, at);
  return bytes;
}

/** @throws SyntaxError that names the file if it is cut, changed or something else. */
export function decodeRowHashes(bytes: Buffer, file: string): StoredHashes {
  const wrong = (why: string) => new SyntaxError(`read ${file}: it must hold hashes of rows, but ${why}`);
  if (bytes.length < magic.length + 8 || bytes.toString("latin1", 0, magic.length) !== magic)
    throw wrong(`does not begin with ${magic}`);
  const end = bytes.length - 4;
  if (crc32c(bytes, 0, end) >>> 0 !== bytes.readUInt32LE(end))
    throw wrong("its checksum is another: it was cut or changed");
  const length = bytes.readUInt32LE(magic.length);
  const { splits, words } = JSON.parse(
    bytes.toString("latin1", magic.length + 4, magic.length + 4 + length),
  ) as Header;
  const hashes: Partial<Record<SplitName, Uint32Array>> = {};
  let at = magic.length + 4 + length;
  for (const { name, rows } of splits) {
    hashes[name] = new Uint32Array(Uint8Array.from(bytes.subarray(at, at + 8 * rows)).buffer);
    at += 8 * rows;
  }
  return { hashes, words };
}
