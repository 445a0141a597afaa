/** Errors that say that the person interrupted: the session's own, and those of a training that ended by itself. */
import { property } from "./property.js";

/** The library marks its errors so too (`src/base/errors.ts`), of which there may be several copies in a process. */
export const interruption: unique symbol = Symbol.for("tunelab.interruption") as never;

/** A person's own class of the same name is none. */
export function isInterruption(error: unknown): boolean {
  return property(error, interruption) === true;
}
