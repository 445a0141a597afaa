/** What a session writes on its channels, where a cell's code may write too. */
import type { ControlEvent, SessionEvent } from "../session/protocol.js";

type Heard = SessionEvent | ControlEvent;

/** Every kind of event. A record, so that none is forgotten. */
const types: Readonly<Record<Heard["type"], true>> = {
  ready: true,
  stream: true,
  display: true,
  result: true,
  clear: true,
  error: true,
  done: true,
  comm: true,
  runs: true,
  groups: true,
  folder: true,
  exits: true,
  commTarget: true,
  request: true,
  input: true,
  blocked: true,
  free: true,
};

/** Throws a SyntaxError for a line that is no event. */
export function requireEvent(line: string): Heard {
  const event = parsed(line) as { type?: unknown } | null | undefined;
  if (typeof event?.type === "string" && Object.hasOwn(types, event.type)) return event as Heard;
  throw new SyntaxError(
    `it wrote ${JSON.stringify(line.slice(0, 60))} on its channel to the kernel, which takes events only`,
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
