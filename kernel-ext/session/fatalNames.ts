/** What every object inherits when a cell says so, and with which no further cell could run. */
import process from "node:process";
import { hasOwn } from "./primordials.js";

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, setPrototypeOf } = Reflect;

type FatalName = "toJSON" | "error" | "errno" | "then";

/**
 * V8's inspector writes its messages as JSON, Node takes an answer of it that has an `error` for a failure, and a write to
 * a file that has an `errno` or an `error`; no promise of an object with a `then` settles.
 */
const fatal: readonly { readonly key: FatalName; readonly name: string; readonly owner: object }[] = [
  { key: "toJSON", name: "Object.prototype", owner: Object.prototype },
  { key: "toJSON", name: "Array.prototype", owner: Array.prototype },
  { key: "error", name: "Object.prototype", owner: Object.prototype },
  { key: "errno", name: "Object.prototype", owner: Object.prototype },
  { key: "then", name: "Object.prototype", owner: Object.prototype },
];

/** Of a name by which the answer to the running cell may be lost; undefined where none was met since `takenAway` was asked. */
let met: string | undefined;

/** Takes a name away, if that can be done, with a warning: see `takenAway`. */
export function dropFatalName(dropped: FatalName): void {
  for (let at = 0; at < fatal.length; at++) {
    const { key, name, owner } = fatal[at] as (typeof fatal)[number];
    if (key !== dropped || !given(owner, key)) continue;
    const warning = takeAway(owner, key)
      ? `${name}.${key} was removed: with it no cell could run`
      : lasting(name, key);
    if (key === "then" || key === "error") met = warning;
    process.emitWarning(warning);
  }
}

/** The warning of a `then` or an `error` that `dropFatalName` has met since this was asked last. */
export function takenAway(): string | undefined {
  const warning = met;
  met = undefined;
  return warning;
}

/** What is said of a name that cannot be taken away; undefined where there is none. */
export function lastingFatalName(): string | undefined {
  for (let at = 0; at < fatal.length; at++) {
    const { key, name, owner } = fatal[at] as (typeof fatal)[number];
    const found = given(owner, key);
    if (found && !found.configurable && !(hasOwn(found, "writable") && found.writable))
      return lasting(name, key);
  }
  return undefined;
}

function lasting(name: string, key: string): string {
  return `${name}.${key} cannot be removed, and with it no cell runs: restart the kernel`;
}

/** One that reads as undefined does no harm. */
function given(owner: object, key: FatalName): PropertyDescriptor | undefined {
  const found = getOwnPropertyDescriptor(owner, key);
  return found && (hasOwn(found, "value") ? found.value : found.get) !== undefined ? found : undefined;
}

/** What must stay may be writable still. */
function takeAway(owner: object, key: FatalName): boolean {
  if (deleteProperty(owner, key)) return true;
  const harmless = { value: undefined };
  setPrototypeOf(harmless, null);
  return defineProperty(owner, key, harmless);
}
