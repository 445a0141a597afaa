/** Reads a magic's arguments by its schema. Every refusal says what was given, what is required, and the nearest name. */

import { didYouMean } from "../../src/base/nearestName.js";
import { MagicError } from "./magicError.js";
import { isPathBeforeCode } from "./pathBeforeCode.js";
import type { MagicArguments, OptionSchema, OptionSchemas, PositionalSchema } from "./schema.js";
import { optionFlag } from "./schema.js";
import { cutWords, type Word } from "./tokens.js";

/** The part of a definition that parsing needs. */
export interface ArgumentSchema {
  readonly name: string;
  readonly kind?: "line" | "cell" | "both";
  readonly options?: OptionSchemas;
  readonly positionals?: readonly PositionalSchema[];
  readonly exclusive?: readonly (readonly string[])[];
}

/**
 * Options may stand anywhere before a `verbatim` positional, and a value that may be left out is told from it by
 * `isPathBeforeCode`; `--` ends them; `--name value` and `--name=value` are
 * the same, as are `-n 3` and `-n3`; `-5` is a value, and behind an option that needs one so is `-loss` where the magic has
 * no option `-l`. Throws a `MagicError`.
 */
export function parseArguments(schema: ArgumentSchema, text: string): MagicArguments {
  const reader = new ArgumentReader(schema, text);
  return reader.read();
}

class ArgumentReader {
  readonly #schema: ArgumentSchema;
  readonly #text: string;
  readonly #words: Word[];
  readonly #flags: Map<string, string>;
  readonly #values: Record<string, unknown> = {};
  readonly #positionals: string[] = [];
  #at = 0;

  constructor(schema: ArgumentSchema, text: string) {
    this.#schema = schema;
    this.#text = text;
    this.#words = cutWords(text);
    this.#flags = new Map(Object.keys(schema.options ?? {}).map((key) => [optionFlag(key), key]));
    for (const [key, { short }] of Object.entries(schema.options ?? {}))
      if (short) this.#flags.set(`-${short}`, key);
  }

  read(): MagicArguments {
    let optionsEnded = false;
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at] as Word;
      const spec = this.#positional(this.#positionals.length);
      const isOption = !optionsEnded && looksLikeOption(word);
      if (isOption && word.value === "--") {
        optionsEnded = true;
        this.#at++;
      } else if (isOption) {
        this.#readOption(word);
      } else if (spec?.verbatim) {
        this.#positionals.push(this.#text.slice(word.start).trimEnd());
        break;
      } else {
        this.#closed(word);
        this.#takePositional(word.value, spec);
        this.#at++;
      }
    }
    return this.#finish();
  }

  #positional(index: number): PositionalSchema | undefined {
    const all = this.#schema.positionals ?? [];
    return all[index] ?? (all.at(-1)?.many ? all.at(-1) : undefined);
  }

  #takePositional(value: string, spec: PositionalSchema | undefined): void {
    if (!spec) {
      const most = this.#schema.positionals?.length ?? 0;
      const wanted =
        most === 0 ? "no words besides its options" : `at most ${most} word${most === 1 ? "" : "s"}`;
      throw this.#error(`takes ${wanted}, but was given ${JSON.stringify(value)}`);
    }
    if (spec.choices && !spec.choices.includes(value)) {
      throw this.#error(`${spec.name} ${mustBe(spec.choices, value)}`);
    }
    this.#positionals.push(value);
  }

  /** `--number=3` and, as it is joined to its one letter, `-n3`. */
  #flagOf({ value }: Word): { flag: string; inline: string | undefined } {
    const short = value.slice(0, 2);
    if (value.length > 2 && this.#flags.has(short) && value[2] !== "=")
      return { flag: short, inline: value.slice(2) };
    const equals = value.indexOf("=");
    return equals < 0
      ? { flag: value, inline: undefined }
      : { flag: value.slice(0, equals), inline: value.slice(equals + 1) };
  }

  #readOption(word: Word): void {
    const { flag, inline } = this.#flagOf(word);
    const key = this.#flags.get(flag);
    const option = key === undefined ? undefined : this.#schema.options?.[key];
    if (key === undefined || !option) {
      throw this.#error(`has no option ${flag}.${didYouMean(flag, [...this.#flags.keys()])}`);
    }
    if (key in this.#values) throw this.#error(`option ${flag} was given twice`);
    this.#closed(word);
    this.#at++;
    this.#values[key] = this.#optionValue(flag, option, inline);
  }

  #optionValue(flag: string, option: OptionSchema, inline: string | undefined): unknown {
    if (option.type === "flag") {
      if (inline === undefined) return true;
      throw this.#error(`option ${flag} takes no value, but was given ${JSON.stringify(inline)}`);
    }
    const text = inline ?? this.#nextValue(option);
    if (text !== undefined) return this.#convert(flag, option, text);
    if (option.optionalValue) return true;
    throw this.#error(`option ${flag} requires ${describeValue(option)}, but none was given`);
  }

  /** The next word if it can be this option's value. */
  #nextValue(option: Exclude<OptionSchema, { type: "flag" }>): string | undefined {
    const next = this.#words[this.#at];
    if (!next || this.#isNoValue(next, option)) return undefined;
    if (option.optionalValue && isNumeric(option) && !/^[-+.\d]/.test(next.value)) return undefined;
    if (option.optionalValue && this.#isBeforeCode() && !isPathBeforeCode(next, this.#words[this.#at + 1]))
      return undefined;
    this.#closed(next);
    this.#at++;
    return next.value;
  }

  /** One dash may be a value's own, as in `--sort -loss`; two are rather those of a misspelt option. */
  #isNoValue(word: Word, { optionalValue = false }: { readonly optionalValue?: boolean }): boolean {
    if (!looksLikeOption(word)) return false;
    return optionalValue || word.value.startsWith("--") || this.#flags.has(this.#flagOf(word).flag);
  }

  /** The next word may be the beginning of code. */
  #isBeforeCode(): boolean {
    return this.#schema.kind !== "cell" && this.#positional(this.#positionals.length)?.verbatim === true;
  }

  #convert(flag: string, option: Exclude<OptionSchema, { type: "flag" }>, text: string): unknown {
    switch (option.type) {
      case "text":
        return text;
      case "choice":
        if (!option.choices.includes(text))
          throw this.#error(`option ${flag} ${mustBe(option.choices, text)}`);
        return text;
      case "list":
        return this.#convertList(flag, option.choices, text);
      default:
        return this.#convertNumber(flag, option, text);
    }
  }

  #convertList(flag: string, choices: readonly string[] | undefined, text: string): string[] {
    const parts = text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
    const wrong = choices && parts.find((part) => !choices.includes(part));
    if (choices && wrong !== undefined)
      throw this.#error(`option ${flag}: each part ${mustBe(choices, wrong)}`);
    return parts;
  }

  #convertNumber(
    flag: string,
    option: Extract<OptionSchema, { type: "number" | "integer" }>,
    text: string,
  ): number {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isNaN(value) || (option.type === "integer" && !Number.isSafeInteger(value))) {
      throw this.#error(
        `option ${flag} requires ${describeValue(option)}, but was given ${JSON.stringify(text)}`,
      );
    }
    if (
      value < (option.min ?? Number.NEGATIVE_INFINITY) ||
      value > (option.max ?? Number.POSITIVE_INFINITY)
    ) {
      throw this.#error(`option ${flag} requires ${describeValue(option)}, but was given ${text}`);
    }
    return value;
  }

  #finish(): MagicArguments {
    for (const group of this.#schema.exclusive ?? []) {
      const given = group.filter((key) => key in this.#values);
      if (given.length > 1) {
        throw this.#error(`takes only one of ${given.map(optionFlag).join(" and ")}`);
      }
    }
    const missing = this.#schema.positionals?.[this.#positionals.length];
    if (missing?.required) throw this.#error(`requires ${missing.name}: ${missing.summary}`);
    return { options: this.#withDefaults(), positionals: this.#positionals, text: this.#text.trim() };
  }

  #withDefaults(): Record<string, never> {
    const all: Record<string, unknown> = {};
    for (const [key, option] of Object.entries(this.#schema.options ?? {})) {
      all[key] = key in this.#values ? this.#values[key] : option.type === "flag" ? false : option.default;
    }
    return all as Record<string, never>;
  }

  #closed(word: Word): void {
    if (word.open !== undefined)
      throw this.#error(`was given ${word.open} that is never closed: ${word.value}`);
  }

  #error(message: string): MagicError {
    return new MagicError(`${this.#schema.kind === "cell" ? "%%" : "%"}${this.#schema.name} ${message}`);
  }
}

function looksLikeOption({ value, quoted }: Word): boolean {
  return !quoted && /^--?[A-Za-z]|^--$/.test(value);
}

function isNumeric(option: OptionSchema): boolean {
  return option.type === "number" || option.type === "integer";
}

function mustBe(choices: readonly string[], given: string): string {
  return `must be ${orList(choices)}, but was given ${JSON.stringify(given)}.${didYouMean(given, choices)}`.replace(
    /\.$/,
    "",
  );
}

function orList(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join("") : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}

/** What an option's value must be, in words: `a whole number ≥ 1`. */
export function describeValue(option: Exclude<OptionSchema, { type: "flag" }>): string {
  if (option.type === "choice") return orList(option.choices);
  if (option.type === "list")
    return option.choices ? `a comma-separated list of ${orList(option.choices)}` : "a comma-separated list";
  if (option.type === "text") return "a value";
  const kind = option.type === "integer" ? "a whole number" : "a number";
  if (option.min !== undefined && option.max !== undefined)
    return `${kind} from ${option.min} to ${option.max}`;
  if (option.min !== undefined) return `${kind} ≥ ${option.min}`;
  return option.max === undefined ? kind : `${kind} ≤ ${option.max}`;
}
