/** Jupyter's messages, version 5.4, and how they lie in zeromq frames. */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

export const protocolVersion = "5.4";

export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
}

export type Content = Record<string, unknown>;

/** A message as received. */
export interface Message {
  /** Routing frames, to be put before a reply. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parent: Partial<Header>;
  readonly metadata: Content;
  readonly content: Content;
  readonly buffers: readonly Buffer[];
}

/** Why a message was refused. It is logged, never obeyed. */
export class RefusedMessage extends Error {
  override readonly name = "RefusedMessage";
}

const delimiter = Buffer.from("<IDS|MSG>");
/** Largest header, in bytes: it is repeated in every message below its request. */
const longestHeader = 16 * 1024;
/** Most frames of one message. */
const mostFrames = 1024;
/** Signatures remembered, so that a message sent again is not obeyed again. */
const rememberedSignatures = 65_536;
/** Deepest nesting of a part. What is nested more deeply cannot be written again. */
const deepest = 500;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class MessageCodec {
  private readonly session = randomUUID();
  private readonly seen = new Set<string>();
  private count = 0;

  /** @param key the connection file's; empty for unsigned messages. */
  constructor(private readonly key: string) {}

  /** Throws a RefusedMessage for anything but a well-formed, rightly signed message not received before. */
  decode(frames: readonly Buffer[]): Message {
    if (frames.length > mostFrames) {
      throw new RefusedMessage(`a message may hold ${mostFrames} frames, got ${frames.length}`);
    }
    const at = frames.findIndex((frame) => frame.equals(delimiter));
    if (at < 0) throw new RefusedMessage("a message must hold the frame <IDS|MSG>");
    const [signature, ...parts] = frames.slice(at + 1, at + 6);
    if (!signature || parts.length < 4) {
      throw new RefusedMessage(
        `a message must hold signature, header, parent, metadata and content, got ${parts.length + 1} frames`,
      );
    }
    this.verify(signature, parts);
    const longest = parts[0]?.length ?? 0;
    if (longest > longestHeader) {
      throw new RefusedMessage(`a message's header may hold ${longestHeader} bytes, got ${longest}`);
    }
    const [header, parent, metadata, content] = parts.map(parseObject) as [
      Content,
      Content,
      Content,
      Content,
    ];
    return {
      identities: frames.slice(0, at),
      header: checkHeader(header),
      parent,
      metadata,
      content,
      buffers: frames.slice(at + 6),
    };
  }

  /** Frames after the identities or the topic. */
  encode(type: string, parent: Partial<Header>, content: Content, metadata: Content = {}): Buffer[] {
    const header: Header = {
      msg_id: `${this.session}_${this.count++}`,
      session: this.session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: type,
      version: protocolVersion,
    };
    const parts = [header, parent, metadata, content].map((part) => Buffer.from(wellFormed(part)));
    return [delimiter, Buffer.from(this.sign(parts)), ...parts];
  }

  private sign(parts: readonly Buffer[]): string {
    if (this.key === "") return "";
    const hmac = createHmac("sha256", this.key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  private verify(signature: Buffer, parts: readonly Buffer[]): void {
    if (this.key === "") return;
    // Its length first: a message that cannot be right is not worth a digest.
    const right = signature.length === 64 && Buffer.from(this.sign(parts));
    if (!right || !timingSafeEqual(signature, right)) {
      throw new RefusedMessage("the signature of a message does not fit the connection file's key");
    }
    const digest = right.toString("latin1");
    const again = this.seen.delete(digest);
    this.seen.add(digest);
    if (again) throw new RefusedMessage("a message with this signature was received before");
    // As many as jupyter_client remembers. A replay refreshes its own place, so that none is obeyed by being repeated.
    if (this.seen.size > rememberedSignatures) this.seen.delete(this.seen.values().next().value as string);
  }
}

/**
 * As JSON. Half a surrogate pair, which JSON.stringify writes as an escape of its own, becomes U+FFFD: clients cannot
 * save a notebook that holds one.
 */
function wellFormed(part: object): string {
  const json = JSON.stringify(part);
  if (!json.includes("\\ud")) return json;
  return json.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, "$1\ufffd");
}

function parseObject(frame: Buffer): Content {
  if (isDeep(frame)) throw new RefusedMessage(`a part of a message may be nested ${deepest} deep`);
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(frame));
  } catch {
    throw new RefusedMessage("a part of a message must be JSON in UTF-8");
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    const given = Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`;
    throw new RefusedMessage(`a part of a message must be a JSON object, got ${given}`);
  }
  return value as Content;
}

/** Whether JSON is nested more than `deepest` deep. Of other text anything may be said. */
function isDeep(json: Buffer): boolean {
  if (json.length <= 2 * deepest) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === 0x22) quoted = !quoted;
    else if (byte === 0x5c) at++;
    else if (quoted) continue;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > deepest) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

/** Fields beyond the known ones are kept where they are plain: a newer client may want them back. */
function checkHeader(header: Content): Header {
  for (const field of ["msg_id", "msg_type", "session"]) {
    if (typeof header[field] !== "string") {
      throw new RefusedMessage(`a message's header must hold ${field}, a string`);
    }
  }
  const known = { username: "", date: "", version: "" };
  for (const field of Object.keys(known)) {
    if (!["string", "undefined"].includes(typeof header[field])) {
      throw new RefusedMessage(`a message's header must hold ${field}, a string`);
    }
  }
  const plain = Object.entries(header).filter(([, value]) => value === null || typeof value !== "object");
  return { ...known, ...Object.fromEntries(plain) } as unknown as Header;
}
