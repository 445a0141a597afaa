/** Keeps late output with its cell: listeners of Node's emitters (sockets, streams, child processes) remember theirs. */
import { EventEmitter } from "node:events";
import type { Attribution } from "./attribution.js";

type Listener = ((this: unknown, ...args: unknown[]) => unknown) & { listener?: unknown };
type Add = (this: EventEmitter, name: string | symbol, listener: Listener) => EventEmitter;

/**
 * Replaces the methods that add a listener by ones whose listener runs as code of the cell that added it. Listeners
 * are found again by Node's own means: a wrapper's `listener` is what it wraps, one level deep.
 */
export function attributeEvents(attribution: Attribution): void {
  const prototype = EventEmitter.prototype as unknown as Record<string, Add>;
  const kept = new WeakSet<Listener>();
  /** Wrapped already, by us or by a library, or of no cell: stays. */
  const isDone = (listener: Listener) =>
    typeof listener !== "function" || kept.has(listener) || listener.listener !== undefined;
  const keep = (listener: Listener, before: (emitter: unknown, self: Listener) => boolean): Listener => {
    const { cell } = attribution;
    const wrapper: Listener = function (...args) {
      if (!before(this, wrapper)) return undefined;
      return attribution.within(cell, () => listener.apply(this, args));
    };
    wrapper.listener = listener;
    kept.add(wrapper);
    return wrapper;
  };
  for (const name of ["on", "addListener", "prependListener"]) {
    const native = prototype[name] as Add;
    define(prototype, name, function (event, listener) {
      const plain = isDone(listener) || attribution.cell === 0;
      return native.call(this, event, plain ? listener : keep(listener, () => true));
    });
  }
  for (const [name, add] of [
    ["once", "on"],
    ["prependOnceListener", "prependListener"],
  ] as const) {
    const native = prototype[name] as Add;
    define(prototype, name, function (event, listener) {
      if (isDone(listener) || attribution.cell === 0) return native.call(this, event, listener);
      let fired = false;
      const once = keep(listener, (emitter, self) => {
        if (fired) return false;
        fired = true;
        (emitter as EventEmitter).removeListener(event, self);
        return true;
      });
      return this[add](event, once);
    });
  }
}

function define(owner: Record<string, Add>, name: string, value: Add): void {
  Object.defineProperty(value, "name", { value: name });
  Object.defineProperty(owner, name, { value, configurable: true, enumerable: true, writable: true });
}
