/** What a model consists of, and what lies on each part. */
import { tf } from "./backend.js";

/** A model or layer, its layers, and what computes in them: nested layers, cells, activations, penalties, constraints. */
export function partsOf(whole: object): object[] {
  const found = new Set<object>();
  const visit = (part: object) => {
    if (found.has(part)) return;
    found.add(part);
    for (const [name, value] of Object.entries(part)) {
      if (/initializer$/i.test(name)) continue;
      const computes = /(activation|regularizer|constraint)$/i.test(name);
      for (const item of Array.isArray(value) ? value : [value])
        if (item instanceof tf.serialization.Serializable || (computes && isObject(item))) visit(item);
    }
  };
  visit(whole);
  return [...found];
}

/** The numbers, texts and booleans that lie on a part, by their names. */
export function plainFields(part: object): [string, unknown][] {
  return Object.entries(part).filter(([, value]) => isPlain(value));
}

/**
 * The plain fields of a part, and what is plain in the lists and object literals on it, which may refer to each other:
 * four deep, and 1,000 entries at most.
 */
export function plainValues(part: object): unknown {
  let left = 1000;
  const within = (holder: object, depth: number): [string, unknown][] =>
    Object.entries(holder).flatMap(([name, value]): [string, unknown][] => {
      if (isPlain(value)) return [[name, value]];
      if (!isObject(value) || !isHolder(value) || depth === 0 || left < 1) return [];
      left -= Object.keys(value).length;
      return left < 0 ? [] : [[name, within(value, depth - 1)]];
    });
  return within(part, 4);
}

/** Whether a part consists of layers that refer to each other by their names. */
export function isModel(part: object): boolean {
  return "layers" in part;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isPlain(value: unknown): value is number | string | boolean {
  return ["number", "string", "boolean"].includes(typeof value);
}

/** Cells and the library may have an `Object` each. */
function isHolder(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
