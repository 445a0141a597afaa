/** The environment variables that `%env` set or removed: later sessions have them too. */
import { listed } from "./executionErrors.js";

export class SessionEnvironment {
  /** Undefined for one that was removed. */
  private readonly changes = new Map<string, string | undefined>();

  note(name: string, value: string | undefined): void {
    this.changes.set(name, value);
  }

  /**
   * A session could not begin with them.
   * @returns what the person is to know of that; undefined where there were none.
   */
  forget(): string | undefined {
    const names = [...this.changes.keys()];
    this.changes.clear();
    if (names.length === 0) return undefined;
    return `what %env changed is forgotten, since no session began with it: ${listed(names)}; change again what one can begin with`;
  }

  /** `base` as they changed it. */
  of(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...base, ...Object.fromEntries(this.changes) };
  }
}
