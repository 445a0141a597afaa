/** JSON of what the session says to its front, whatever cells made of JSON and of the prototypes. */

import { withIntrinsics } from "./intrinsics.js";

const { stringify } = JSON;
const { getOwnPropertyDescriptor, defineProperty, deleteProperty } = Reflect;
const objectPrototype = Object.prototype;
const arrayPrototype = Array.prototype;
const prototypes: readonly object[] = [objectPrototype, arrayPrototype];

/** As `JSON.stringify`, but deaf to a `toJSON` that every object inherits. */
export function ownJson(value: object): string {
  const isInherited = inherits(objectPrototype) || inherits(arrayPrototype);
  return isInherited ? withIntrinsics(() => deafJson(value)) : stringify(value);
}

function inherits(prototype: object): boolean {
  return getOwnPropertyDescriptor(prototype, "toJSON") !== undefined;
}

function deafJson(value: object): string {
  const found = prototypes.map((prototype) => getOwnPropertyDescriptor(prototype, "toJSON"));
  for (const prototype of prototypes) deleteProperty(prototype, "toJSON");
  try {
    return stringify(value);
  } finally {
    for (const [index, property] of found.entries())
      if (property) defineProperty(prototypes[index] as object, "toJSON", property);
  }
}
