/**
 * Hands what this process prints to the open runs' logs: `process.stdout`, `process.stderr` and the `console` above them.
 * In a notebook these are the session's own streams, so that it is the output of cells. What native code, or another
 * process, writes to the file descriptors 1 and 2 does not pass here.
 */
import { StringDecoder } from "node:string_decoder";
import { secretMask } from "./withoutSecrets.js";

interface Listener {
  write(text: string): void;
}

type Stream = Pick<NodeJS.WriteStream, "write">;

const listeners = new Set<Listener>();
let stopListening: (() => void) | undefined;
let mask: (text: string) => string = (text) => text;
/** A listener that prints is not told of it. */
let telling = false;

/**
 * Until the function that it returns is called, `listener` is given what is printed, secrets left out. The streams write
 * as ever, and are as before once nobody listens.
 */
export function captureOutput(listener: Listener): () => void {
  listeners.add(listener);
  mask = secretMask();
  stopListening ??= listen();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopListening?.();
    stopListening = undefined;
  };
}

function listen(): () => void {
  const stops = [tap(process.stdout), tap(process.stderr)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Somebody else may have replaced `write` since: then it stays, and this one only passes on. */
function tap(stream: Stream): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, "write");
  const original = stream.write;
  const decoder = new StringDecoder("utf8");
  let active = true;
  const write = function (this: unknown, ...given: unknown[]): boolean {
    const result = Reflect.apply(original, this, given) as boolean;
    if (active) tell(textOf(given[0], given[1], decoder));
    return result;
  };
  stream.write = write as typeof original;
  return () => {
    active = false;
    if (stream.write !== write) return;
    if (own) Object.defineProperty(stream, "write", own);
    else Reflect.deleteProperty(stream, "write");
  };
}

function tell(text: string): void {
  if (telling || text === "") return;
  telling = true;
  try {
    const masked = mask(text);
    for (const listener of [...listeners]) listener.write(masked);
  } finally {
    telling = false;
  }
}

function textOf(chunk: unknown, encoding: unknown, decoder: StringDecoder): string {
  if (chunk instanceof Uint8Array)
    return decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  if (typeof chunk !== "string") return "";
  if (typeof encoding !== "string" || /^utf-?8$/i.test(encoding)) return chunk;
  return decoder.write(Buffer.from(chunk, encoding as BufferEncoding));
}
