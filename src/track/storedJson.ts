/** JSON that stays in its event file until somebody asks for it. */
import { StoredBytes } from "./storedBytes.js";

export class StoredJson<Content> extends StoredBytes {
  /** Reads and parses it. Throws as `bytes` does, a `SyntaxError` if it is no JSON. */
  read(): Content {
    try {
      return JSON.parse(this.text()) as Content;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new SyntaxError(`read ${this.file} at ${this.offset}: it must be JSON, but ${error.message}`);
    }
  }
}
