/**
 * A file or folder kept with a run, as its record lists it and as it is read.
 *
 * Invariants: the bytes of each file lie in `artifacts/sha256/<first two digits>/<digest>` of the run's folder, once
 * however many artifacts have them; a path within an artifact never leads out of it.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { didYouMean } from "../base/nearestName.js";
import { copyWhole } from "./copyWhole.js";

export interface ArtifactFile {
  /** Within the artifact, with `/` between its parts: `weights.bin`, `layers/first.json`. */
  readonly path: string;
  /** SHA-256 of its bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** As run.json lists it. */
export interface ArtifactRecord {
  readonly name: string;
  /** From 0 on, counted for each name. */
  readonly version: number;
  /** Of the versions of one name only one has an alias. */
  readonly aliases: readonly string[];
  readonly files: readonly ArtifactFile[];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** An artifact of a run that can be read. */
export class Artifact implements ArtifactRecord {
  readonly name: string;
  readonly version: number;
  readonly aliases: readonly string[];
  readonly files: readonly ArtifactFile[];
  readonly createdAt: string;
  readonly #runFolder: string;

  constructor(runFolder: string, record: ArtifactRecord) {
    this.#runFolder = runFolder;
    this.name = record.name;
    this.version = record.version;
    this.aliases = record.aliases;
    this.files = record.files;
    this.createdAt = record.createdAt;
  }

  /** Where the bytes of one of its files lie; of its only one, if none is named. Throws a `RangeError` if there is none. */
  path(file?: string): string {
    return storedPath(this.#runFolder, this.#file(file).sha256);
  }

  /**
   * The bytes of one of its files, or of its only one.
   *
   * Throws a `RangeError` if there is no such file, an `Error` if the bytes are no longer those that were kept.
   */
  bytes(file?: string): Uint8Array {
    const { path, sha256 } = this.#file(file);
    const bytes = readFileSync(storedPath(this.#runFolder, sha256));
    this.#assertSound(`read ${path}`, sha256, createHash("sha256").update(bytes).digest("hex"));
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /**
   * Copies its files into a folder, which is made if it is not there, under their own names.
   *
   * Throws an `Error` if a file's bytes are no longer those that were kept: it is not copied then, nor are those after it.
   */
  copyTo(folder: string): void {
    for (const { path, sha256 } of this.files) {
      if (!isInnerPath(path))
        throw new RangeError(`copy artifact ${this}: a path must lie inside it; got ${JSON.stringify(path)}`);
      const target = join(resolve(folder), path);
      mkdirSync(dirname(target), { recursive: true });
      copyWhole(storedPath(this.#runFolder, sha256), dirname(target), (found) => {
        this.#assertSound(`copy ${path}`, sha256, found.sha256);
        return target;
      });
    }
  }

  #assertSound(doing: string, sha256: string, found: string): void {
    if (found === sha256) return;
    throw new Error(`${doing} of artifact ${this}: its bytes must have SHA-256 ${sha256}; got ${found}`);
  }

  /** `model:v2`. */
  toString(): string {
    return `${this.name}:v${this.version}`;
  }

  #file(path: string | undefined): ArtifactFile {
    const [only, ...others] = this.files;
    if (path === undefined && only && others.length === 0) return only;
    const paths = this.files.map((file) => file.path);
    const found = this.files.find((file) => file.path === path);
    if (found) return found;
    const given = path === undefined ? "no name" : JSON.stringify(path);
    throw new RangeError(
      `read artifact ${this}: the file must be one of its ${paths.length}; got ${given}.${path === undefined ? ` They are ${paths.slice(0, 5).join(", ")}` : didYouMean(path, paths)}`,
    );
  }
}

/** Where the bytes of a digest lie. Throws a `RangeError` if it is none, so that no record leads out of the folder. */
export function storedPath(runFolder: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new RangeError(
      `look into ${runFolder}: a SHA-256 must be 64 hexadecimal digits; got ${JSON.stringify(sha256)}`,
    );
  return join(runFolder, "artifacts", "sha256", sha256.slice(0, 2), sha256);
}

/** Whether a path with `/` leads nowhere but into the folder it is taken from. */
export function isInnerPath(path: string): boolean {
  return (
    path !== "" &&
    !/[\\\0]|^[A-Za-z]:/.test(path) &&
    !path.split("/").some((part) => ["", ".", ".."].includes(part))
  );
}
