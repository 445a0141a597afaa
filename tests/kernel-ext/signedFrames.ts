/** Jupyter's messages as frames: signed, and read again. Written for the tests, so as to share no fault with the kernel. */
import { createHmac } from "node:crypto";

export type Json = Record<string, unknown>;

export interface Received {
  readonly type: string;
  readonly parent: { readonly msg_id?: string };
  readonly content: Json;
  readonly header: Json;
  readonly metadata: Json;
  readonly buffers: readonly Buffer[];
  readonly at: number;
}

const delimiter = "<IDS|MSG>";

function signature(parts: readonly Buffer[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** Delimiter, signature and the parts. */
export function signFrames(parts: readonly Buffer[], key: string): Buffer[] {
  return [Buffer.from(delimiter), Buffer.from(signature(parts, key)), ...parts];
}

/** @throws when the signature is not that of the parts. */
export function readFrames(frames: readonly Buffer[], key: string): Received {
  const at = frames.findIndex((frame) => String(frame) === delimiter);
  const [signed, ...rest] = frames.slice(at + 1);
  const parts = rest.slice(0, 4);
  if (signature(parts, key) !== String(signed)) throw new Error("the kernel signed a message wrongly");
  const [header, parent, metadata, content] = parts.map((part) => JSON.parse(String(part)) as Json);
  return {
    type: String(header?.msg_type),
    header: header ?? {},
    parent: parent ?? {},
    content: content ?? {},
    metadata: metadata ?? {},
    buffers: rest.slice(4),
    at: performance.now(),
  };
}
