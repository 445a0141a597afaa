/** What a verb of the command line is, and how its arguments are read: one description serves parsing and `--help`. */
import { parseArgs } from "node:util";
import { nearestName } from "../base/nearestName.js";

export interface OptionSpec {
  readonly type: "boolean" | "string" | "number";
  readonly description: string;
  /** One letter. */
  readonly short?: string;
  /** What stands for the value in the help, such as `FILE`. */
  readonly value?: string;
  /** Its value may be left out; it then reads as `true`. */
  readonly optionalValue?: boolean;
}

export type OptionValue = boolean | string | number;

export interface Arguments {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, OptionValue | undefined>>;
}

export interface Command {
  /** As typed: `board`, `kernel install`. */
  readonly name: string;
  readonly summary: string;
  /** What the help says below the options, such as an example. */
  readonly details?: string;
  /** The positional arguments as the help shows them: `[RUN…]`, `NOTEBOOK`. */
  readonly positionals?: string;
  /** How many positional arguments there may be. None unless said. */
  readonly arity?: { readonly least: number; readonly most: number };
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** Resolves to the exit code; nothing means 0. */
  run(args: Arguments): Promise<number | undefined> | number | undefined;
}

/** Thrown for arguments that a command does not take: exit code 2. */
export class Misuse extends Error {
  override readonly name = "Misuse";
}

const help: OptionSpec = { type: "boolean", short: "h", description: "show this help" };

/** Reads `argv` by the command's description. Throws `Misuse` with one sentence. */
export function readArguments(
  command: Command,
  argv: readonly string[],
): Arguments & { readonly help: boolean } {
  const specs: Record<string, OptionSpec> = { ...command.options, help };
  const parsed = parse(command, specs, argv);
  const options: Record<string, OptionValue | undefined> = {};
  for (const [name, spec] of Object.entries(specs))
    options[name] = readValue(name, spec, parsed.values[name]);
  const wantsHelp = options.help === true;
  if (!wantsHelp) requireArity(command, parsed.positionals);
  return { positionals: parsed.positionals, options, help: wantsHelp };
}

function parse(command: Command, specs: Record<string, OptionSpec>, argv: readonly string[]) {
  const args = withValues(specs, argv);
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(specs).map(([name, { type, short }]) => [
          name,
          {
            type: type === "boolean" ? ("boolean" as const) : ("string" as const),
            ...(short === undefined ? {} : { short }),
          },
        ]),
      ),
    });
  } catch (error) {
    const said = error instanceof Error ? error.message.split(/\.\s/)[0] : String(error);
    const unknown = /^Unknown option '(--[^']+)'/.exec(said ?? "")?.[1];
    const near =
      unknown &&
      nearestName(
        unknown,
        Object.keys(specs).map((name) => `--${name}`),
      );
    const hint = near ? `did you mean ${near}?` : `see tunelab ${command.name} --help`;
    throw new Misuse(`tunelab ${command.name}: ${said}; ${hint}`);
  }
}

/**
 * Joins each option that wants a value with the word behind it, so that a value may begin with a dash: `--sort -loss` becomes
 * `--sort=-loss`. A word with two dashes is more likely a misspelt option: it is refused. `--maximize --seed 1` becomes
 * `--maximize= --seed=1`, where the value of `maximize` may be left out.
 */
function withValues(specs: Record<string, OptionSpec>, argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const words = argv.slice(0, end < 0 ? argv.length : end);
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const [name, spec] = optionOf(word, specs) ?? [];
    if (name === undefined || spec === undefined || spec.type === "boolean") {
      joined.push(word);
      continue;
    }
    const next = words[i + 1];
    if (spec.optionalValue) {
      const isBare = next === undefined || (next.startsWith("-") && !isNegative(next));
      joined.push(`--${name}=${isBare ? "" : next}`);
      if (!isBare) i++;
    } else if (next === undefined) joined.push(word);
    else if (optionOf(next.replace(/=.*$/s, ""), specs))
      throw new Misuse(`--${name} needs a value; the option ${next} stands in its place`);
    else if (/^--./s.test(next))
      throw new Misuse(
        `--${name} needs a value; ${next} looks like an option: write --${name}=${next} if it is meant`,
      );
    else {
      joined.push(`--${name}=${next}`);
      i++;
    }
  }
  return [...joined, ...argv.slice(words.length)];
}

/** What `--name` or `-n` means. */
function optionOf(
  word: string,
  specs: Record<string, OptionSpec>,
): readonly [name: string, spec: OptionSpec] | undefined {
  return Object.entries(specs).find(
    ([name, { short }]) => word === `--${name}` || (short !== undefined && word === `-${short}`),
  );
}

function isNegative(word: string): boolean {
  return /^-\.?\d/.test(word);
}

function readValue(name: string, spec: OptionSpec, value: unknown): OptionValue | undefined {
  if (value === undefined || typeof value === "boolean") return value;
  if (value === "" && spec.optionalValue) return true;
  if (spec.type !== "number") return String(value);
  const number = Number(value);
  if (value === "" || !Number.isFinite(number)) {
    throw new Misuse(`--${name} needs a finite number; ${JSON.stringify(value)} was given`);
  }
  return number;
}

function requireArity(
  { name, arity = { least: 0, most: 0 }, positionals = "no argument" }: Command,
  given: readonly string[],
) {
  if (given.length >= arity.least && given.length <= arity.most) return;
  throw new Misuse(
    `tunelab ${name} takes ${positionals}; ${given.length === 0 ? "nothing" : given.join(" ")} was given`,
  );
}

/** The text of `tunelab VERB --help`. */
export function helpText({ name, summary, details, positionals, options }: Command): string {
  const lines = [
    `tunelab ${[name, positionals, "[options]"].filter(Boolean).join(" ")}`,
    "",
    summary,
    "",
    "Options:",
  ];
  const rows = Object.entries({ ...options, help }).map(([option, spec]) => [
    `  ${spec.short ? `-${spec.short}, ` : "    "}--${option}${spec.type === "boolean" ? "" : ` ${spec.value ?? (spec.type === "number" ? "N" : "TEXT")}`}`,
    spec.description,
  ]);
  const width = Math.max(...rows.map(([left]) => (left ?? "").length)) + 2;
  for (const [left = "", right = ""] of rows) lines.push(left.padEnd(width) + right);
  if (details !== undefined) lines.push("", details);
  return `${lines.join("\n")}\n`;
}
