/** Names and where they are visible: enough of ECMAScript's and TypeScript's scoping to find a cell's free names. */

export type Space = "value" | "type";

/**
 * Invariant: a name is looked up only after the whole cell was read, since functions, `var` and types hoist.
 */
export class Scope {
  readonly #spaces = new Map<string, Set<Space>>();

  constructor(
    readonly parent: Scope | undefined,
    /** `var` stops here. */
    readonly isFunction: boolean,
  ) {}

  declare(name: string, ...spaces: Space[]): void {
    const known = this.#spaces.get(name) ?? new Set<Space>();
    for (const space of spaces) known.add(space);
    this.#spaces.set(name, known);
  }

  /** The scope a `var` written here belongs to. */
  get functionScope(): Scope {
    let scope: Scope = this;
    while (!scope.isFunction && scope.parent) scope = scope.parent;
    return scope;
  }

  /** The innermost scope that declares the name in that space, the top one included. */
  find(name: string, space: Space): Scope | undefined {
    let scope: Scope | undefined = this;
    while (scope && !scope.#spaces.get(name)?.has(space)) scope = scope.parent;
    return scope;
  }
}
