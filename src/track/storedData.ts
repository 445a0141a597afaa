/** What a run's folder says of the data it was trained with: read when somebody asks for it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../base/atomicFile.js";
import type { DataRecord } from "../base/dataRecord.js";
import { decodeDataRecord, encodeDataRecord } from "./dataRecordFile.js";
import { decodeRowHashes, encodeRowHashes, type StoredHashes } from "./rowHashFile.js";

const recordFile = "data.json";
const hashesFile = "rows.bin";

export class StoredData {
  readonly #dir: string;
  #record: DataRecord | undefined;
  #hashes: StoredHashes | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** `data.json`. @throws SyntaxError if it is damaged or another's, Error if a newer version wrote it; what the file system says. */
  record(): DataRecord {
    const file = join(this.#dir, recordFile);
    this.#record ??= decodeDataRecord(readFileSync(file), file);
    return this.#record;
  }

  /** `rows.bin`; undefined where it was not written. @throws SyntaxError if it is damaged; what the file system says. */
  hashes(): StoredHashes | undefined {
    const file = join(this.#dir, hashesFile);
    if (!this.#hashes && existsSync(file)) this.#hashes = decodeRowHashes(readFileSync(file), file);
    return this.#hashes;
  }
}

/** Undefined where nothing was recorded of the data. */
export function storedData(dir: string): StoredData | undefined {
  return existsSync(join(dir, recordFile)) ? new StoredData(dir) : undefined;
}

/** Each file whole or not at all. Throws what the file system says. */
export function writeData(
  dir: string,
  { record, ...hashed }: { readonly record: DataRecord } & StoredHashes,
): void {
  if (record.noHashes === undefined) writeFileAtomic(join(dir, hashesFile), encodeRowHashes(hashed));
  // Last: where it is, all is.
  writeFileAtomic(join(dir, recordFile), encodeDataRecord(record));
}
