/** Keeps late output with its cell: timers remember the cell that set them. */
import process from "node:process";
import { promisify } from "node:util";
import type { Attribution } from "./attribution.js";

type Callback = (...args: unknown[]) => unknown;

/**
 * Replaces the global timers, `queueMicrotask` and `process.nextTick` by ones whose callback runs as code of the cell
 * that called them. The imported `node:timers` are left alone.
 */
export function attributeTimers(attribution: Attribution): void {
  const keep = (callback: Callback): Callback => {
    const { cell } = attribution;
    return function (this: unknown, ...args) {
      return attribution.within(cell, () => callback.apply(this, args));
    };
  };
  const scope = globalThis as unknown as Record<string, Callback>;
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"]) {
    replace(scope, name, keep);
  }
  replace(process as unknown as Record<string, Callback>, "nextTick", keep);
}

function replace(
  owner: Record<string, Callback>,
  name: string,
  keep: (callback: Callback) => Callback,
): void {
  const native = owner[name] as Callback;
  const replaced = Object.defineProperty(
    (callback: unknown, ...rest: unknown[]) =>
      native(typeof callback === "function" ? keep(callback as Callback) : callback, ...rest),
    "name",
    { value: name },
  );
  const promised: unknown = (native as { [promisify.custom]?: unknown })[promisify.custom];
  if (promised) Object.defineProperty(replaced, promisify.custom, { value: promised });
  owner[name] = replaced;
}
