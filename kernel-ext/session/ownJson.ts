/** JSON of what the session says to its front, whatever cells made of JSON and of the prototypes. */

import { withIntrinsics } from "./intrinsics.js";

const { stringify } = JSON;
const { getOwnPropertyDescriptor } = Reflect;
const objectPrototype = Object.prototype;
const arrayPrototype = Array.prototype;

/** As `JSON.stringify`, but deaf to a `toJSON` that every object inherits. */
export function ownJson(value: object): string {
  const isInherited = inherits(objectPrototype) || inherits(arrayPrototype);
  return isInherited ? withIntrinsics(() => stringify(value)) : stringify(value);
}

function inherits(prototype: object): boolean {
  return getOwnPropertyDescriptor(prototype, "toJSON") !== undefined;
}
