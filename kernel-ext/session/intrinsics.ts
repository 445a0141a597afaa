/**
 * JavaScript's own objects as they were when the session began. It shares them with the cells, and a cell that replaces
 * `JSON.parse` or `Promise.prototype.then` shall break its own code alone: the next one must run, and its error be shown.
 *
 * What runs all the time names what is here instead of a global. What runs once a cell runs in `withIntrinsics`.
 */

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;

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
    defineProperty(own.prototype, key, getOwnPropertyDescriptor(type.prototype, key) as PropertyDescriptor);
  }
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

/** Those that hold a function or an object, which is what can be replaced. */
const properties: readonly Property[] = names.flatMap((name) => {
  const value = Reflect.get(globalThis, name) as { readonly prototype?: object };
  const owners = value.prototype ? [value, value.prototype] : [value];
  return [
    ...propertiesOf(globalThis, [name]),
    ...owners.flatMap((owner) => propertiesOf(owner, ownKeys(owner))),
  ];
});
const count = properties.length;

function propertiesOf(owner: object, keys: readonly (string | symbol)[]): Property[] {
  return keys.flatMap((key) => {
    const found = getOwnPropertyDescriptor(owner, key);
    const isMethod = typeof found?.value === "function" || (owner === globalThis && found !== undefined);
    // How stacks are written is for programs to say, and the session does.
    return isMethod && found.configurable && key !== "prepareStackTrace" ? [{ owner, key, found }] : [];
  });
}

/**
 * Runs `work`, which must be synchronous and run no code of a cell's but getters and the like, as if no cell had
 * replaced anything. What cells had made of the objects is theirs again afterwards. A look costs some microseconds.
 */
export function withIntrinsics<T>(work: () => T): T {
  const changed: Property[] = [];
  for (let index = 0; index < count; index++) {
    const { owner, key, found } = properties[index] as Property;
    if (isAsFound(properties[index] as Property)) continue;
    const now = getOwnPropertyDescriptor(owner, key);
    // `push` may be among what is changed.
    changed[changed.length] = { owner, key, found: now };
    defineProperty(owner, key, found as PropertyDescriptor);
  }
  if (changed.length === 0) return work();
  try {
    return work();
  } finally {
    for (let index = 0; index < changed.length; index++) {
      const { owner, key, found } = changed[index] as Property;
      if (found === undefined) deleteProperty(owner, key);
      else defineProperty(owner, key, found);
    }
  }
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
  const now = getOwnPropertyDescriptor(owner, key);
  return now !== undefined && now.get === found?.get;
}
