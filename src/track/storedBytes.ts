/**
 * A picture, a sound or a text that stays in its event file until somebody asks for it.
 *
 * A run with a thousand pictures costs its reader a thousand small objects. The checksum of the record was looked at when
 * the run was read; event files only grow.
 */
import { closeSync, openSync, readSync } from "node:fs";

export class StoredBytes {
  constructor(
    /** Absolute path of the event file. */
    readonly file: string,
    /** The first byte's place in the file. */
    readonly offset: number,
    /** How many bytes. */
    readonly length: number,
  ) {}

  /** Reads them. Throws what the file system says, an `Error` if the file was cut since the run was read. */
  bytes(): Uint8Array {
    const bytes = Buffer.alloc(this.length);
    const descriptor = openSync(this.file, "r");
    try {
      let done = 0;
      while (done < this.length) {
        const read = readSync(descriptor, bytes, done, this.length - done, this.offset + done);
        if (read === 0) throw new Error(`read ${this.file}: the file was cut after the run was read`);
        done += read;
      }
    } finally {
      closeSync(descriptor);
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Reads them as UTF-8. */
  text(): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.bytes());
  }
}
