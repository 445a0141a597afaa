/**
 * Puts bytes under their digest into a run's folder: whole or not at all, and once.
 *
 * A file is copied in pieces while its digest is computed, so one of any size takes a few megabytes of memory.
 */
import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { storedPath } from "./artifact.js";

const pieceBytes = 4 * 2 ** 20;

export interface StoredDigest {
  readonly sha256: string;
  readonly bytes: number;
}

/** Throws what the file system says; nothing is left behind then. */
export function storeFile(runFolder: string, from: string | Uint8Array): StoredDigest {
  const folder = join(runFolder, "artifacts", "sha256");
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${randomBytes(8).toString("hex")}.tmp`);
  try {
    const descriptor = openSync(temporary, "wx");
    let digest: StoredDigest;
    try {
      digest = copy(from, descriptor);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    const target = storedPath(runFolder, digest.sha256);
    mkdirSync(dirname(target), { recursive: true });
    if (existsSync(target)) rmSync(temporary);
    else renameSync(temporary, target);
    return digest;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function copy(from: string | Uint8Array, to: number): StoredDigest {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const piece of typeof from === "string" ? piecesOf(from) : [from]) {
    hash.update(piece);
    writeAll(to, piece);
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
