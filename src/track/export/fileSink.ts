/** Where the files of a JSON export go: beside it, or within it. */
import { readFileSync } from "node:fs";

/** What the document says of a file. */
export type FileEntry =
  /** Relative to the document, with `/` between its parts. */
  | { readonly file: string; readonly bytes: number }
  | { readonly base64: string; readonly bytes: number }
  /** Too large to stand in the document. */
  | { readonly bytes: number };

/** Takes bytes, or the file at a path, with the end of its name such as `.png`. */
export type FileSink = (from: Uint8Array | string, ending: string) => FileEntry;

/** Bytes of one file that may stand in the document, as base64. */
export const mostInline = 2 ** 20;

/** For a document that is no file, such as standard output. */
export const filesInline: FileSink = (from) => {
  const bytes = typeof from === "string" ? readFileSync(from) : Buffer.from(from);
  if (bytes.length > mostInline) return { bytes: bytes.length };
  return { base64: bytes.toString("base64"), bytes: bytes.length };
};
