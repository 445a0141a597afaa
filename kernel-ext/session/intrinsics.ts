/**
 * JavaScript's own objects as they were when the session began. It shares them with the cells, and a cell that replaces
 * `JSON.parse` or `Promise.prototype.then` shall break its own code alone: the next one must run, and its error be shown.
 *
 * What runs beside a cell's code names what is here and in `primordials.ts` instead of a global or a method. What takes
 * in commands, ends a cell and writes an error's text uses too many of them: it runs in `withIntrinsics`, and what is a
 * cell's within it, such as an `inspect.custom`, in `asCellsLeftThem`.
 *
 * The limit: magics, imports and displays that update themselves use JavaScript as cells left it; a replaced
 * `Promise.prototype.then` fails each cell, as V8 itself calls it; what `fatalNames.ts` lists is taken away. Where Node
 * ends over a replacement, the session's end is told. `tests/kernel-ext/unbreakable/brokenGlobals.test.ts` says what is survived.
 */

import { append, asNumber } from "./primordials.js";

const { defineProperty, deleteProperty, ownKeys, setPrototypeOf } = Reflect;
const describe = Reflect.getOwnPropertyDescriptor;

/** A promise that no replaced `Promise` has a part in. */
export const OwnPromise = Promise;
export const resolved = OwnPromise.resolve.bind(OwnPromise) as <T>(value: T) => Promise<Awaited<T>>;

const { call } = Function.prototype;

/** `promise.then(done, failed)`. */
export const whenSettled = call.bind(Promise.prototype.then) as <T, A = T, B = never>(
  promise: PromiseLike<T>,
  done?: (value: T) => A | PromiseLike<A>,
  failed?: (reason: unknown) => B | PromiseLike<B>,
) => Promise<A | B>;

/** A set whose methods are its own. */
export class OwnSet<T> extends Set<T> {}
/** A map whose methods are its own. */
export class OwnMap<K, V> extends Map<K, V> {}

for (const [type, own] of [
  [Set, OwnSet],
  [Map, OwnMap],
] as const) {
  for (const key of ownKeys(type.prototype)) {
    if (key === "constructor") continue;
    defineProperty(own.prototype, key, descriptionOf(type.prototype, key) as PropertyDescriptor);
  }
}

/** It inherits nothing: `Object.prototype.get` would make it none. */
function descriptionOf(owner: object, key: string | symbol): PropertyDescriptor | undefined {
  const found = describe(owner, key);
  if (found) setPrototypeOf(found, null);
  return found;
}

interface Property {
  readonly owner: object;
  readonly key: string | symbol;
  /** Undefined for one that is to be taken away again. */
  readonly found: PropertyDescriptor | undefined;
}

const names = [
  ...[
    "Array",
    "Boolean",
    "BigInt",
    "Buffer",
    "Date",
    "Error",
    "Function",
    "Map",
    "Number",
    "Object",
    "Promise",
  ],
  ...[
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "TypeError",
    "RangeError",
    "Uint8Array",
    "URL",
    "WeakMap",
    "WeakSet",
  ],
  ...["JSON", "Math", "Reflect", "Atomics", "performance", "AbortController", "AbortSignal"],
  ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate"],
];

/** What loops, spreads and destructuring call, and what `Uint8Array` and `Buffer` inherit. */
const unnamed: readonly object[] = [
  ...[[].values(), new Map().values(), new Set().values(), "".matchAll(/./g), ""[Symbol.iterator]()],
  Reflect.getPrototypeOf([].values()) as object,
  Uint8Array,
].map((one) => Reflect.getPrototypeOf(one) as object);

/** What a cell adds here, every object inherits, and so do descriptions and messages. */
const shared = Object.prototype;
const sharedKeys = new OwnSet(ownKeys(shared));

/** Those that hold a function or an object, which is what can be replaced. */
const properties: readonly Property[] = [
  ...names.flatMap((name) => {
    const value = Reflect.get(globalThis, name) as { readonly prototype?: object };
    const owners = value.prototype ? [value, value.prototype] : [value];
    return [
      ...propertiesOf(globalThis, [name]),
      ...owners.flatMap((owner) => propertiesOf(owner, ownKeys(owner))),
    ];
  }),
  ...unnamed.flatMap((owner) => propertiesOf(owner, ownKeys(owner))),
];
const count = properties.length;

function propertiesOf(owner: object, keys: readonly (string | symbol)[]): Property[] {
  return keys.flatMap((key) => {
    const found = descriptionOf(owner, key);
    const isMethod = typeof found?.value === "function" || found?.get !== undefined || owner === globalThis;
    // How stacks are written is for programs to say, and the session does.
    return found?.configurable && isMethod && key !== "prepareStackTrace" ? [{ owner, key, found }] : [];
  });
}

/**
 * What cells had made of the objects while that is hidden; undefined while it is not.
 * Invariant: complete at every moment, since V8 may end what runs between any two steps, without a `finally`.
 */
let hidden: Property[] | undefined;

/**
 * Runs `work`, which must be synchronous, as if no cell had replaced anything. What cells had made of the objects is
 * theirs again afterwards. A look costs some ten microseconds, none within another.
 */
export function withIntrinsics<T>(work: () => T): T {
  if (hidden !== undefined) return work();
  hide();
  try {
    return work();
  } finally {
    restore();
  }
}

/** Within `withIntrinsics`, runs what is a cell's with JavaScript as cells left it. */
export function asCellsLeftThem<T>(work: () => T): T {
  if (hidden === undefined) return work();
  restore();
  try {
    return work();
  } finally {
    hide();
  }
}

/** To be called where nothing else runs: an interrupt may have ended `withIntrinsics` before it gave back what is the cells'. */
export function restore(): void {
  if (hidden === undefined) return;
  for (let index = 0; index < hidden.length; index++) {
    const { owner, key, found } = hidden[index] as Property;
    put(owner, key, found);
  }
  hidden = undefined;
}

function hide(): void {
  const changed: Property[] = [];
  hidden = changed;
  for (let index = 0; index < count; index++) {
    const { owner, key, found } = properties[index] as Property;
    if (isAsFound(properties[index] as Property)) continue;
    append(changed, { owner, key, found: descriptionOf(owner, key) });
    put(owner, key, found);
  }
  const keys = ownKeys(shared);
  for (let at = 0; at < keys.length; at++)
    if (!sharedKeys.has(keys[at] as string)) hideAdded(shared, keys[at] as string, changed);
  // Methods are left: to take them away and give them back would have V8 forget what it knows of lists. Indices come first.
  const indices = ownKeys(Array.prototype);
  for (let at = 0; asNumber(indices[at] as string) >= 0; at++)
    hideAdded(Array.prototype, indices[at] as string, changed);
  if (describe(Array.prototype, "toJSON")) hideAdded(Array.prototype, "toJSON", changed);
}

function hideAdded(owner: object, key: string | symbol, changed: Property[]): void {
  append(changed, { owner, key, found: descriptionOf(owner, key) });
  deleteProperty(owner, key);
}

/** Fails silently for what a cell made unchangeable. */
function put(owner: object, key: string | symbol, found: PropertyDescriptor | undefined): void {
  if (found === undefined) deleteProperty(owner, key);
  else defineProperty(owner, key, found);
}

function isAsFound({ owner, key, found }: Property): boolean {
  // Reading it is ten times faster than its description.
  if (found?.value !== undefined) {
    try {
      return (owner as Record<string | symbol, unknown>)[key] === found.value;
    } catch {
      return false;
    }
  }
  const now = descriptionOf(owner, key);
  return now !== undefined && now.get === found?.get;
}
