/**
 * The argument schema of a magic. One schema serves parsing, help, completion and inspection.
 *
 * Invariants: keys of `options` are camelCase and appear on the line as `--kebab-case`; at most the last
 * positional is `many` or `verbatim`; a required positional never follows an optional one.
 */

/** What a suggestion may look at: the front's folder, and the names the notebook has declared. */
export interface SuggestContext {
  readonly folder: string;
  readonly names: readonly string[];
}

/** Values to offer for what has been typed so far. Runs in the front: keep it light, read small files at most. */
export type Suggest = (
  typed: string,
  context: SuggestContext,
) => readonly string[] | Promise<readonly string[]>;

interface OptionBase {
  readonly summary: string;
  /** One letter: `n` allows `-n 10` for `--number 10`. */
  readonly short?: string;
  /** How the value is called in help: `--html FILE`. What is called FILE, PATH or DIR is completed as such. */
  readonly placeholder?: string;
  readonly suggest?: Suggest;
  /** The option may stand without a value and is then `true`: `--maximize [METRIC]`. */
  readonly optionalValue?: boolean;
}

export interface FlagOption {
  readonly type: "flag";
  readonly summary: string;
  readonly short?: string;
}
export interface TextOption extends OptionBase {
  readonly type: "text";
  readonly default?: string;
}
export interface NumberOption extends OptionBase {
  readonly type: "number" | "integer";
  /** Bounds, both inclusive. */
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
}
export interface ChoiceOption extends OptionBase {
  readonly type: "choice";
  readonly choices: readonly string[];
  readonly default?: string;
}
/** Comma-separated: `--kind scalars,histograms`. With `choices`, each part must be one of them. */
export interface ListOption extends OptionBase {
  readonly type: "list";
  readonly choices?: readonly string[];
  readonly default?: readonly string[];
}

export type OptionSchema = FlagOption | TextOption | NumberOption | ChoiceOption | ListOption;
export type OptionSchemas = Readonly<Record<string, OptionSchema>>;

export interface PositionalSchema {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  /** Takes every further word. Only the last positional. */
  readonly many?: boolean;
  /** Takes the rest of the line as it stands, spaces and dashes included. Only the last positional. */
  readonly verbatim?: boolean;
  readonly choices?: readonly string[];
  readonly suggest?: Suggest;
}

type BareValue<S extends OptionSchema> = S extends { type: "flag" }
  ? boolean
  : S extends { type: "number" | "integer" }
    ? number
    : S extends { type: "list" }
      ? readonly string[]
      : S extends { type: "choice"; choices: readonly (infer C)[] }
        ? C
        : string;

/** The parsed value of one option: `undefined` when absent without a default; flags are `false` when absent. */
export type OptionValue<S extends OptionSchema> =
  | BareValue<S>
  | (S extends { optionalValue: true } ? true : never)
  | (S extends { type: "flag" } | { default: unknown } ? never : undefined);

export interface MagicArguments<O extends OptionSchemas = OptionSchemas> {
  readonly options: { readonly [K in keyof O]: OptionValue<O[K]> };
  /** The words that are no options, in order. A `verbatim` one is a single string. */
  readonly positionals: readonly string[];
  /** Everything after the magic's name, as typed. */
  readonly text: string;
}

/** `firstCome` → `--first-come`. */
export function optionFlag(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
