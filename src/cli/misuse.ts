/** Lets what the library says about wrong options count as misuse. */
import { Misuse } from "./command.js";

/** Runs `check`; its RangeError, SyntaxError or TypeError becomes a `Misuse` with the same sentence. */
export function atTheDoor<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) {
      throw new Misuse(error.message);
    }
    throw error;
  }
}
