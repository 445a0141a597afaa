/** What every object inherits when a cell says so, and with which no further cell could run. */
import process from "node:process";

const { deleteProperty, getOwnPropertyDescriptor } = Reflect;

type FatalName = "toJSON" | "error" | "errno" | "then";

/**
 * V8's inspector writes its messages as JSON, Node takes an answer of it that has an `error` for a failure, and a write to
 * a file that has an `errno`; no promise of an object with a `then` settles.
 */
const fatal: readonly { readonly key: FatalName; readonly name: string; readonly owner: object }[] = [
  { key: "toJSON", name: "Object.prototype", owner: Object.prototype },
  { key: "toJSON", name: "Array.prototype", owner: Array.prototype },
  { key: "error", name: "Object.prototype", owner: Object.prototype },
  { key: "errno", name: "Object.prototype", owner: Object.prototype },
  { key: "then", name: "Object.prototype", owner: Object.prototype },
];

/** Takes a name away, if that can be done, with a warning. Gives the warning, and undefined where no cell gave the name. */
export function dropFatalName(dropped: FatalName): string | undefined {
  let warning: string | undefined;
  for (let at = 0; at < fatal.length; at++) {
    const { key, name, owner } = fatal[at] as (typeof fatal)[number];
    if (key !== dropped || !getOwnPropertyDescriptor(owner, key)) continue;
    warning = deleteProperty(owner, key)
      ? `${name}.${key} was removed: with it no cell could run`
      : `${name}.${key} cannot be removed, and with it no cell runs: restart the kernel`;
    process.emitWarning(warning);
  }
  return warning;
}
