/** What a cell declares, uses and changes: the ground of the dependency slice, of type checking and of `%who`. */

export type DeclarationKind =
  | "const"
  | "let"
  | "var"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "import"
  | "using"
  | "interface"
  | "type";

export interface Declaration {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** Exists at run time. False for interfaces, type aliases, type-only imports, `declare`. */
  readonly value: boolean;
  /** Can be named as a type. */
  readonly type: boolean;
}

/** All of a cell's names that concern other cells. Names the cell itself declares are in no list but `declares`. */
export interface CellFacts {
  readonly declares: readonly Declaration[];
  /** Values named where the cell runs at once. */
  readonly usesNow: readonly string[];
  /** Values named inside function bodies only: bound when the function is called. */
  readonly usesLater: readonly string[];
  /** Names used as types. */
  readonly usesTypes: readonly string[];
  /** Names of other cells (or globals) assigned: `x = …`, `x++`, destructuring, for heads. */
  readonly writes: readonly string[];
  /** Names whose object may be changed: `x.y = …`, `delete x.y`, `x.method()`; the cell's own names included. */
  readonly mutates: readonly string[];
  /** Bare `import "x"`: always part of a slice. */
  readonly sideEffectImports: readonly string[];
  /** Modules named by `import … from "x"`, `import("x")` with a literal, types included. */
  readonly modules: readonly string[];
}
