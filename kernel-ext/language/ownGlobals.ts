/**
 * Cells that declare a name which is also a global: `const process = 5`, `import { setTimeout } from "…"`.
 *
 * What REPL mode declares is seen by every module of the process, before the global object: a library that says
 * `new URL(…)` would get the cell's URL. So such a binding has another name in the JavaScript that runs.
 */
import type { CellFacts } from "./cellFacts.js";

const PREFIX = "__own_";
const ownNames = new RegExp(`(?<![\\w$])${PREFIX}(?=[\\w$])`, "g");

/** What the front's own global object has, a session's has too: both are the same Node. */
const GLOBALS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  "require",
  "module",
  "exports",
]);

/** The name in the JavaScript that runs, for a name that a cell declared although it is a global. */
export function ownName(name: string): string {
  return `${PREFIX}${name}`;
}

/** The name as cells write it. */
export function writtenName(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** A text of V8's, such as `__own_process.foo is not a function`, with the names as cells write them. */
export function writtenNames(text: string): string {
  return text.includes(PREFIX) ? text.replaceAll(ownNames, "") : text;
}

/** True when the running Node's global object has the name. */
export function isGlobal(name: string): boolean {
  return GLOBALS.has(name);
}

/** What CommonJS gives a module and cells have too. */
const MODULE_NAMES = ["__dirname", "__filename"] as const;

/**
 * Those that a cell's text may name. They run under names of their own too: libraries tell by `typeof __dirname` whether
 * they are CommonJS.
 */
export function moduleNames(source: string): string[] {
  return MODULE_NAMES.filter((name) => source.includes(name));
}

/** The globals that a cell declares anew as values. */
export function ownGlobals({ declares }: CellFacts): string[] {
  return declares.filter(({ name, value }) => value && isGlobal(name)).map(({ name }) => name);
}
