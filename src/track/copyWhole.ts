/**
 * Copies a file, or bytes, into a folder: whole or not at all.
 *
 * A file is copied in pieces while its digest is computed, so one of any size takes a few megabytes of memory.
 */
import { createHash, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const pieceBytes = 4 * 2 ** 20;

export interface StoredDigest {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Throws what the file system or `place` says; nothing is left behind then.
 *
 * @param place where in `folder` the copy is put, by its digest; undefined: nowhere
 */
export function copyWhole(
  from: string | Uint8Array,
  folder: string,
  place: (digest: StoredDigest) => string | undefined,
): StoredDigest {
  return copyThrough(from, join(folder, temporaryCopy()), place);
}

/** A name of its own for a file that is being copied. */
export function temporaryCopy(): string {
  return `.${randomBytes(8).toString("hex")}.tmp`;
}

/** As `copyWhole`, of who has to know the path that a kill would leave, in the folder of what is placed. */
export function copyThrough(
  from: string | Uint8Array,
  temporary: string,
  place: (digest: StoredDigest) => string | undefined,
): StoredDigest {
  try {
    const digest = written(from, temporary);
    const target = place(digest);
    if (target === undefined) rmSync(temporary);
    else renameSync(temporary, target);
    return digest;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Of a file's bytes as they are now. */
export function digestOf(file: string): StoredDigest {
  return digested(piecesOf(file), () => undefined);
}

function written(from: string | Uint8Array, to: string): StoredDigest {
  const descriptor = openSync(to, "wx");
  try {
    const pieces = typeof from === "string" ? piecesOf(from) : [from];
    const digest = digested(pieces, (piece) => writeAll(descriptor, piece));
    fsyncSync(descriptor);
    return digest;
  } finally {
    closeSync(descriptor);
  }
}

function digested(pieces: Iterable<Uint8Array>, take: (piece: Uint8Array) => void): StoredDigest {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const piece of pieces) {
    hash.update(piece);
    take(piece);
    bytes += piece.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}

function* piecesOf(file: string): Generator<Uint8Array> {
  const piece = Buffer.allocUnsafe(pieceBytes);
  const descriptor = openSync(file, "r");
  try {
    for (;;) {
      const read = readSync(descriptor, piece, 0, piece.length, null);
      if (read === 0) return;
      yield piece.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done);
}
