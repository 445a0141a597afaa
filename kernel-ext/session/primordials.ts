/**
 * What the session uses of JavaScript between a cell's code and its answer, as it was before a cell could replace it:
 * constructors by name, methods as functions of what they are called on.
 */

const { bind, call } = Function.prototype;

type Method = (this: never, ...values: never[]) => unknown;
type Uncurried<M extends Method> = (self: ThisParameterType<M>, ...values: Parameters<M>) => ReturnType<M>;

/** `method` as a function whose first argument is what it is called on. */
function uncurried<M extends Method>(method: M): Uncurried<M> {
  return bind.call(call, method) as Uncurried<M>;
}

export const OwnError = Error;
export const OwnUint8Array = Uint8Array;
export const OwnAbortController = AbortController;

/** A weak map whose methods are its own. */
export class OwnWeakMap<K extends object, V> extends WeakMap<K, V> {}
for (const name of ["get", "set", "has", "delete"] as const) {
  Object.defineProperty(OwnWeakMap.prototype, name, { value: WeakMap.prototype[name] });
}

export const { isView } = ArrayBuffer;
export const { isBuffer } = Buffer;
export const { stringify, parse } = JSON;
export const { entries, hasOwn } = Object;
export const setProperty = Reflect.set;
export const asText = String;
export const asNumber = Number;

const isList = Array.isArray;

/** `Array.isArray`, but false for a revoked Proxy, of which that throws. */
export function isArray(value: unknown): value is unknown[] {
  try {
    return isList(value);
  } catch {
    return false;
  }
}

/** Milliseconds since the process began. */
export const now = performance.now.bind(performance);

/** V8 writes the stack of `holder`, as `Error.prepareStackTrace` says. */
export const captureStack = Error.captureStackTrace.bind(Error);

/** As V8 begins an error's stack. */
export const headOfError = uncurried(Error.prototype.toString) as (error: unknown) => string;

/** `[object Error]`. */
export const tagOf = uncurried(Object.prototype.toString) as (value: unknown) => string;

/** `pattern.exec(text)`: V8's own, which calls nothing that a cell can replace. */
export const match = uncurried(RegExp.prototype.exec);
export const matches = (pattern: RegExp, text: string): boolean => match(pattern, text) !== null;

export const includes = uncurried(String.prototype.includes) as (text: string, part: string) => boolean;
export const endsWith = uncurried(String.prototype.endsWith) as (text: string, part: string) => boolean;
export const slice = uncurried(String.prototype.slice) as (text: string, from: number, to?: number) => string;

const { defineProperty, setPrototypeOf } = Reflect;

/** `properties` of `owner`, whatever cells added to `Object.prototype`: a description must not inherit from it. */
export function defineOwn(owner: object, properties: Readonly<Record<string, PropertyDescriptor>>): void {
  const described = entries(properties);
  for (let at = 0; at < described.length; at++) {
    const { 0: key, 1: property } = described[at] as [string, PropertyDescriptor];
    setPrototypeOf(property, null);
    defineProperty(owner, key, property);
  }
}

/** `list.push(value)` that asks no setter which a cell gave `Array.prototype`. */
export function append<T>(list: T[], value: T): void {
  const property = { value, configurable: true, enumerable: true, writable: true };
  setPrototypeOf(property, null);
  defineProperty(list, list.length, property);
}

/** Takes the first of `list`. */
export const shift = uncurried(Array.prototype.shift) as <T>(list: T[]) => T | undefined;
export const join = uncurried(Array.prototype.join) as (list: readonly string[], between: string) => string;

const generator = Object.getPrototypeOf(function* () {}).prototype as Generator;
type Go = (steps: Generator<unknown, unknown, unknown>, value: unknown) => IteratorResult<unknown, unknown>;
/** `steps.next(value)`. */
export const nextStep = uncurried(generator.next as Method) as unknown as Go;
/** `steps.throw(error)`. */
export const throwStep = uncurried(generator.throw as Method) as unknown as Go;
