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
  /** What calling it does to other names: gathered from the function bodies in its declaration. */
  readonly effects?: Effects;
}

export interface Effects {
  readonly uses: readonly string[];
  readonly writes: readonly string[];
  readonly mutates: readonly string[];
  readonly mayMutate: readonly string[];
}

/** All of a cell's names that concern other cells. Where nothing else is said, the cell's own names are left out. */
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
  /** As `writes`, inside function bodies. */
  readonly writesLater: readonly string[];
  /** Names whose object is changed: `x.y = …`, `delete x.y`, `x.method();`. The cell's own names included. */
  readonly mutates: readonly string[];
  /** Names that a method was called on for its value: a change of an object, hardly of an imported library. */
  readonly mayMutate: readonly string[];
  /** Values named at once, the cell's own included: what they do when called may happen now. */
  readonly runsNow: readonly string[];
  /** Bare `import "x"`: always part of a slice. */
  readonly sideEffectImports: readonly string[];
  /** Modules named by `import … from "x"`, `import("x")` with a literal, types included. */
  readonly modules: readonly string[];
  /** Holds `declare global` or `declare module`: its types reach beyond its names. */
  readonly augments: boolean;
  /** Names under `export`, and `default`. */
  readonly exported: readonly string[];
}

/** The facts of an empty cell. */
export const noFacts: CellFacts = {
  declares: [],
  usesNow: [],
  usesLater: [],
  usesTypes: [],
  writes: [],
  writesLater: [],
  mutates: [],
  mayMutate: [],
  runsNow: [],
  sideEffectImports: [],
  modules: [],
  augments: false,
  exported: [],
};
