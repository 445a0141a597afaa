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
  readonly thrown: string;
  /** With what the first place knew beside it. */
  readonly message: string;
  readonly line: string | undefined;
  readonly isTold: boolean;
  readonly places: readonly string[];
}

/** @property at when it was told: what began before that was around it */
const passed = new WeakMap<Error, Passed & { readonly told: string; readonly at: number }>();

/** Counts the places that were begun and the errors that were told. */
let now = 0;

/** What `work` returns. An error that it throws stays the same one, and begins with the place and the person's line. */
export function inPlace<T>(place: Place, work: () => T): T {
  const frames = Error.stackTraceLimit;
  now += 1;
  const began = now;
  return withDeepStacks(() => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Error) tell(error, place, { frames, began });
      throw error;
    }
  });
}

/**
 * A capture's error is the reason why a step runs op by op, and has its line. What cannot be changed stays as it was
 * thrown. One that was thrown elsewhere before, or was given another message since, begins anew.
 *
 * @param when `frames`: how many a stack has by itself; `began`: when the place was begun
 */
function tell(error: Error, place: Place, when: { frames: number; began: number }): void {
  if (error instanceof CaptureError) return;
  const name = place.name();
  const earlier = passed.get(error);
  const isWithin = earlier && earlier.at > when.began && earlier.told === error.message;
  const before = isWithin ? earlier : first(error, place);
  if (before.places.includes(name)) return;
  const after: Passed = { ...before, places: [...before.places, name] };
  const told = textOf(after);
  if (!retell(error, told, when.frames)) return;
  now += 1;
  passed.set(error, { ...after, told, at: now });
}

function first(error: Error, { isTold = () => false, retold = (message) => message }: Place): Passed {
  const earlier = passed.get(error);
  const thrown = earlier?.told === error.message ? earlier.thrown : error.message;
  const line = earlier?.line ?? personsLineOf(error.stack);
  return { thrown, message: retold(thrown), line, isTold: isTold(thrown), places: [] };
}

function textOf({ line, isTold, places, message }: Passed): string {
  const where = isTold && places.length === 1 ? undefined : `in ${places.join(" of ")}`;
  const place = [where, line && `at ${line}`].filter((part) => part !== undefined).join(", ");
  return [place, message].filter((part) => part !== "").join(": ");
}

/**
 * A stack begins with the message. It keeps its usual frames, and those down to the person's.
 *
 * @returns whether the error lets its message be changed
 */
function retell(error: Error, message: string, frames: number): boolean {
  const { stack, message: old } = error;
  const isFree =
    Object.getOwnPropertyDescriptor(error, "message")?.configurable ?? Object.isExtensible(error);
  const change = { value: message, ...(isFree && { configurable: true, writable: true }) };
  if (!Reflect.defineProperty(error, "message", change)) return false;
  if (typeof stack !== "string" || !stack.includes(old)) return true;
  // Of an error without a message the class stands there alone.
  const retold =
    old === ""
      ? stack.replace(/^(.*?):? *$/m, (_, kind: string) => `${kind}: ${message}`)
      : stack.replace(old, () => message);
  const lines = retold.split("\n");
  const begin = lines.findIndex((text) => /^\s+at /.test(text));
  const persons = lines.findIndex((text) => personsLineOf(text) !== undefined);
  const end = begin < 0 ? lines.length : Math.max(begin + frames, persons + 1);
  Reflect.set(error, "stack", lines.slice(0, end).join("\n"));
  return true;
}
