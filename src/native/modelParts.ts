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
  return Object.entries(part).filter(([, value]) => ["number", "string", "boolean"].includes(typeof value));
}

/** Whether a part consists of layers that refer to each other by their names. */
export function isModel(part: object): boolean {
  return "layers" in part;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
