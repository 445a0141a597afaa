import { Interrupted } from "../base/errors.js";
import type { Fix } from "./fix.js";

/** Thrown by a fix when the person interrupted it. `fix` is what was found until then. */
export class FixInterrupted extends Interrupted {
  constructor(readonly fix: Fix) {
    const { name } = fix.before.diagnosis;
    const found =
      fix.attempts.length + fix.failed.length > 0 ? `; until then:\n${fix}` : " in its first training";
    super(`the fix of "${name}" was interrupted${found}`);
  }
}
