/** What is thrown within something that has a name is told with that name, and with the person's line. */
import { CaptureError } from "./capture/captureError.js";
import { personsLineOf, withDeepStacks } from "./capture/personsLine.js";

/** Where work is done. Its functions are called only for an error. */
export interface Place {
  /** Such as `layer "gate" (Gate)`. */
  readonly name: () => string;
  /** Whether the message says so already. */
  readonly isTold?: (message: string) => boolean;
  /** The message, with what is known here beside it. */
  readonly retold?: (message: string) => string;
}

/** Of an error that passed places: what it said itself, and the places, innermost first. */
interface Passed {
  readonly message: string;
  readonly line: string | undefined;
  readonly isTold: boolean;
  readonly places: readonly string[];
}

const passed = new WeakMap<Error, Passed>();

/** What `work` returns. An error that it throws stays the same one, and begins with the place and the person's line. */
export function inPlace<T>(place: Place, work: () => T): T {
  const frames = Error.stackTraceLimit;
  return withDeepStacks(() => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Error) tell(error, place, frames);
      throw error;
    }
  });
}

/**
 * A capture's error is the reason why a step runs op by op, and has its line. What is frozen stays as it was thrown.
 *
 * @param frames how many a stack has by itself
 */
function tell(error: Error, place: Place, frames: number): void {
  if (error instanceof CaptureError || Object.isFrozen(error)) return;
  const name = place.name();
  const before = passed.get(error) ?? first(error, place);
  if (before.places.includes(name)) return;
  const now = { ...before, places: [...before.places, name] };
  passed.set(error, now);
  retell(error, `${placesText(now)}${now.message}`, frames);
}

function first(error: Error, { isTold = () => false, retold = (message) => message }: Place): Passed {
  const line = personsLineOf(error.stack);
  return { message: retold(error.message), line, isTold: isTold(error.message), places: [] };
}

function placesText({ line, isTold, places }: Passed): string {
  const where = isTold && places.length === 1 ? undefined : `in ${places.join(" of ")}`;
  const parts = [where, line && `at ${line}`].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : `${parts.join(", ")}: `;
}

/** A stack begins with the message. It keeps its usual frames, and those down to the person's. */
function retell(error: Error, message: string, frames: number): void {
  const { stack, message: old } = error;
  Object.defineProperty(error, "message", { value: message, configurable: true, writable: true });
  if (typeof stack !== "string" || !stack.includes(old)) return;
  const lines = stack.replace(old, () => message).split("\n");
  const begin = lines.findIndex((text) => /^\s+at /.test(text));
  const persons = lines.findIndex((text) => personsLineOf(text) !== undefined);
  const end = begin < 0 ? lines.length : Math.max(begin + frames, persons + 1);
  error.stack = lines.slice(0, end).join("\n");
}
