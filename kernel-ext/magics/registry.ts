/**
 * The magics there are, and what one is.
 *
 * A definition is read by the front (parse, complete, inspect) and run by the session. So its file must be light:
 * whatever needs the library goes through `context.library()` or an `import()` inside `run`.
 */

import { didYouMean } from "../../src/base/nearestName.js";
import type { MagicContext } from "../session/magicContext.js";
import { insteadOf } from "./insteadOf.js";
import type { LineBodyKind } from "./lineBody.js";
import { withoutLineEnd } from "./lineEnd.js";
import { MagicError } from "./magicError.js";
import { parseArguments } from "./parseArguments.js";
import type { MagicArguments, OptionSchemas, PositionalSchema } from "./schema.js";
import type { GivenParameter } from "./spaceTypes.js";

/**
 * What the lines below `%%name` are:
 * - `text`: not TypeScript; the magic reads `context.call.body`.
 * - `code`: a cell like any other; `context.runBody()` runs it and resolves to its last expression.
 * - `function`: TypeScript that may run any number of times; `context.runBody()` resolves to a function that runs it.
 * - `expression`: one TypeScript expression of type `bodyType`; `context.runBody()` resolves to its value.
 */
export type BodyKind = "text" | "code" | "function" | "expression";

export interface MagicDefinition<O extends OptionSchemas = OptionSchemas> {
  /** Without percent signs. */
  readonly name: string;
  /** `line`: `%name` at a line's start; `cell`: `%%name` on line 1; `both`. */
  readonly kind: "line" | "cell" | "both";
  /** One sentence; help, completion and inspection show it. */
  readonly summary: string;
  /** Further help, and examples, as they should be typed. */
  readonly details?: string;
  readonly examples?: readonly string[];
  readonly options?: O;
  readonly positionals?: readonly PositionalSchema[];
  /** Groups of option keys of which at most one may be given. */
  readonly exclusive?: readonly (readonly (keyof O & string)[])[];
  /** Of a cell magic. Default `text`. */
  readonly body?: BodyKind;
  /** TypeScript type of an `expression` body, such as `(trial: import("tunelab").Trial) => unknown`. */
  readonly bodyType?: string;
  /**
   * A line magic whose last, `verbatim` positional is TypeScript (`%timeit f(x)`): it is checked and compiled.
   * `context.runBody()` resolves to the value of its last expression (`once`), or to a function that evaluates it, any
   * number of times (`repeated`).
   */
  readonly lineBody?: LineBodyKind;
  /**
   * TypeScript for the names that a `code` magic gives to the notebook through `context.assign`, so that later cells
   * know their types: `let out: { stdout: string };`. One line.
   */
  declares?(args: MagicArguments<O>): string;
  /**
   * The notebook variable that a call's value is bound to, with its TypeScript type. A line becomes a declaration of
   * it; the cell of an `expression` magic declares it, and `run` assigns it.
   */
  binds?(args: MagicArguments<O>): { readonly name: string; readonly type: string };
  /** What a line gives to a function of the notebook: the type checker holds it against what the function takes. */
  gives?(args: MagicArguments<O>): readonly GivenParameter[];
  /**
   * Runs in the session. Show through `context`; a returned value is the value of the line or cell (shown when it is
   * the cell's last expression). Throw to fail the cell: the message is what the person reads.
   */
  run(context: MagicContext, args: MagicArguments<O>): unknown;
}

/** Gives `args.options` its types from the schema. */
export function defineMagic<const O extends OptionSchemas>(definition: MagicDefinition<O>): MagicDefinition {
  // The parser fills `args.options` by this very schema, so the narrower type holds for every call.
  return definition as unknown as MagicDefinition;
}

/** One use of a magic in a cell. */
export interface MagicCall {
  readonly name: string;
  readonly kind: "line" | "cell";
  /** Everything after the name on its line. */
  readonly text: string;
}

/** Magics by name. Immutable once made; names are unique. */
export class MagicRegistry {
  readonly #byName = new Map<string, MagicDefinition>();

  constructor(definitions: Iterable<MagicDefinition>) {
    for (const definition of definitions) {
      if (this.#byName.has(definition.name)) {
        throw new RangeError(`two magics are called ${definition.name}; a magic's name must be its own`);
      }
      this.#byName.set(definition.name, definition);
    }
  }

  get(name: string): MagicDefinition | undefined {
    return this.#byName.get(name);
  }

  /** All, or those usable as `%` lines or `%%` cells, sorted by name. */
  list(kind?: "line" | "cell"): MagicDefinition[] {
    const all = [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return kind ? all.filter((magic) => magic.kind === kind || magic.kind === "both") : all;
  }

  /** The definition a call means. Throws a `MagicError` naming the nearest right one. */
  resolve(name: string, kind: "line" | "cell"): MagicDefinition {
    const found = this.#byName.get(name);
    const sign = kind === "line" ? "%" : "%%";
    if (!found) {
      const names = this.list(kind).map((magic) => magic.name);
      throw new MagicError(
        `there is no magic ${sign}${name}. ${insteadOf(name) ?? (didYouMean(name, names, sign).trim() || "%lsmagic lists them.")}`,
      );
    }
    if (found.kind !== "both" && found.kind !== kind) {
      throw new MagicError(
        kind === "line"
          ? `%%${name} works on a whole cell: write it with two percent signs on the cell's first line`
          : `%${name} works on one line: write it with one percent sign`,
      );
    }
    return found;
  }

  /** Resolves and parses a call without running it. Throws what a bad call must say. */
  parse(call: MagicCall): { definition: MagicDefinition; args: MagicArguments } {
    const definition = this.resolve(call.name, call.kind);
    // TypeScript on the line ends by its own rules.
    const isCode = call.kind === "line" && definition.lineBody !== undefined;
    const text = isCode ? call.text : withoutLineEnd(call.text);
    return { definition, args: parseArguments({ ...definition, kind: call.kind }, text) };
  }

  /** Runs a call. The session calls this for `__tunelab.magic` and for `%%name` cells. */
  async run(context: MagicContext, call: MagicCall): Promise<unknown> {
    const { definition, args } = this.parse(call);
    return await definition.run(context, args);
  }
}
