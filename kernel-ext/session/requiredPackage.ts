/**
 * TensorFlow.js as `import` gives it, by way of `require`: Node looks through a CommonJS module's text for the names it
 * exports, which takes it 0.3 s for TensorFlow.js's megabytes. The objects are the same.
 */
import { property } from "./property.js";

const large = /^@tensorflow\/tfjs(?:-[a-z-]+)?$/;
const namespaces = new WeakMap<object, object>();

/** Undefined when `name` is another package, or none that `require` loads as `import` does. */
export function requiredPackage(name: string, require: (name: string) => unknown): object | undefined {
  if (!large.test(name) || !isCommonPackage(name, require)) return undefined;
  const exports = require(name) as object;
  const known = namespaces.get(exports);
  if (known) return known;
  const whole = property(exports, "__esModule") === true && "default" in exports ? {} : { default: exports };
  const namespace = Object.freeze(
    Object.assign(Object.create(null), exports, whole, { [Symbol.toStringTag]: "Module" }),
  );
  namespaces.set(exports, namespace);
  return namespace;
}

/** One that has a single way in, for `import` and `require` alike. */
function isCommonPackage(name: string, require: (name: string) => unknown): boolean {
  try {
    const about = require(`${name}/package.json`) as { type?: unknown; exports?: unknown };
    return about.type !== "module" && about.exports === undefined;
  } catch {
    // There is none, or it hides its package.json behind `exports`: `import` says what is wrong, if anything is.
    return false;
  }
}
