/** JSON of what the session says to its front, whatever cells made of JSON and of the prototypes. */

const { stringify } = JSON;
const { getOwnPropertyDescriptor, defineProperty, deleteProperty } = Reflect;
const prototypes: readonly object[] = [Object.prototype, Array.prototype];

/** As `JSON.stringify`, but deaf to a `toJSON` that every object inherits. */
export function ownJson(value: object): string {
  const found = prototypes.map((prototype) => getOwnPropertyDescriptor(prototype, "toJSON"));
  if (found.every((property) => property === undefined)) return stringify(value);
  for (const prototype of prototypes) deleteProperty(prototype, "toJSON");
  try {
    return stringify(value);
  } finally {
    for (const [index, property] of found.entries())
      if (property) defineProperty(prototypes[index] as object, "toJSON", property);
  }
}

/**
 * Takes away a `toJSON` that every object inherits, with a warning: V8's inspector writes its messages as JSON, and no
 * cell would run any more.
 */
export function dropInheritedToJson(): void {
  for (const prototype of prototypes) {
    if (!getOwnPropertyDescriptor(prototype, "toJSON") || !deleteProperty(prototype, "toJSON")) continue;
    const owner = prototype === Object.prototype ? "Object" : "Array";
    process.emitWarning(`${owner}.prototype.toJSON was removed: with it no cell could run`);
  }
}
