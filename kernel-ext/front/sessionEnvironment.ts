/** The environment variables that `%env` set or removed: later sessions have them too. */

export class SessionEnvironment {
  /** Undefined for one that was removed. */
  private readonly changes = new Map<string, string | undefined>();

  note(name: string, value: string | undefined): void {
    this.changes.set(name, value);
  }

  /** A session could not begin with them. */
  forget(): void {
    this.changes.clear();
  }

  /** `base` as they changed it. */
  of(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...base, ...Object.fromEntries(this.changes) };
  }
}
