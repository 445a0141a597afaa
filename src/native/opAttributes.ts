/** An op's attributes: checked once, then set on an eager op or on a graph's operation alike. */
import koffi from "koffi";
import type { CApi, Pointer } from "./ffi.js";
import { shapeLacks } from "./shapeLimits.js";
import { check, type TensorFlow } from "./tensorflow.js";

/** `TF_AttrType` of the C API; lists of types and of texts are ours, the nine-method interface has none. */
export const AttrType = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
  func: 8,
  typeList: 104,
  stringList: 100,
} as const;

/** As tfjs-node's kernels pass them. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** Where to set: the two families of functions differ only in their first letters. */
interface Setters {
  readonly string: CApi["TFE_OpSetAttrString"];
  readonly int: CApi["TFE_OpSetAttrInt"];
  readonly float: CApi["TFE_OpSetAttrFloat"];
  readonly bool: CApi["TFE_OpSetAttrBool"];
  readonly type: CApi["TFE_OpSetAttrType"];
  readonly intList: CApi["TFE_OpSetAttrIntList"];
  readonly floatList: CApi["TFE_OpSetAttrFloatList"];
  readonly boolList: CApi["TFE_OpSetAttrBoolList"];
  readonly typeList: CApi["TFE_OpSetAttrTypeList"];
  readonly stringList: CApi["TFE_OpSetAttrStringList"];
  readonly func: CApi["TFE_OpSetAttrFunctionName"];
  readonly shape: (op: Pointer, name: string, dims: BigInt64Array, rank: number) => void;
}

const encoder = new TextEncoder();
const settersOf = new WeakMap<TensorFlow, { eager: Setters; graph: Setters }>();

/** @throws TypeError when an attribute's value does not fit its type. */
export function setEagerAttributes(tf: TensorFlow, op: Pointer, attributes: readonly OpAttribute[]): void {
  for (const attribute of attributes) setAttribute(setters(tf).eager, op, attribute);
}

/** @throws TypeError when an attribute's value does not fit its type. */
export function setGraphAttributes(tf: TensorFlow, op: Pointer, attributes: readonly OpAttribute[]): void {
  for (const attribute of attributes) setAttribute(setters(tf).graph, op, attribute);
}

/**
 * Checks without setting, so that a wrong call fails before any native one.
 *
 * @throws TypeError for a value that does not fit its type; RangeError for a shape that TensorFlow does not count.
 */
export function checkAttributes(opName: string, attributes: readonly OpAttribute[]): void {
  if (!Array.isArray(attributes))
    throw new TypeError(`${opName}: attributes must be an array, but are ${attributes}`);
  for (const attribute of attributes) {
    const { name, type, value } = attribute ?? {};
    if (typeof name !== "string" || typeof type !== "number")
      throw new TypeError(
        `${opName}: an attribute must be { name, type, value }, but is ${JSON.stringify(attribute)}`,
      );
    if (!fits(type, value))
      throw new TypeError(
        `${opName}: attribute ${name} must be ${wanted(type)}, but is ${JSON.stringify(value) ?? String(value)}`,
      );
    const lacks = type === AttrType.shape ? shapeLacks(value as readonly number[]) : undefined;
    if (lacks) throw new RangeError(`${opName}'s attribute ${name} needs ${lacks}`);
  }
}

function fits(type: number, value: unknown): boolean {
  if (Array.isArray(value)) return listFits(type, value);
  if (type === AttrType.string || type === AttrType.func)
    return typeof value === "string" || (type === AttrType.string && value instanceof Uint8Array);
  if (type === AttrType.bool) return typeof value === "boolean";
  if (type === AttrType.int || type === AttrType.type) return Number.isSafeInteger(value);
  if (type === AttrType.float) return typeof value === "number";
  return false;
}

function listFits(type: number, values: readonly unknown[]): boolean {
  if (type === AttrType.int || type === AttrType.shape || type === AttrType.typeList)
    return values.every((value) => Number.isSafeInteger(value));
  if (type === AttrType.float) return values.every((value) => typeof value === "number");
  if (type === AttrType.bool) return values.every((value) => typeof value === "boolean");
  if (type === AttrType.stringList) return values.every((value) => typeof value === "string");
  return false;
}

function wanted(type: number): string {
  const name = Object.entries(AttrType).find(([, number]) => number === type)?.[0];
  return name === undefined ? `of a known attribute type, not ${type}` : `of type ${name}`;
}

function setAttribute(to: Setters, op: Pointer, { name, type, value }: OpAttribute): void {
  if (Array.isArray(value)) {
    setList(to, op, { name, type, values: value });
    return;
  }
  if (type === AttrType.string) {
    const bytes = typeof value === "string" ? encoder.encode(value) : (value as Uint8Array);
    to.string(op, name, bytes, bytes.length);
  } else if (type === AttrType.func) {
    const bytes = encoder.encode(value as string);
    to.func(op, name, bytes, bytes.length);
  } else if (type === AttrType.int) to.int(op, name, value as number);
  else if (type === AttrType.float) to.float(op, name, value as number);
  else if (type === AttrType.bool) to.bool(op, name, value ? 1 : 0);
  else if (type === AttrType.type) to.type(op, name, value as number);
}

function setList(to: Setters, op: Pointer, list: { name: string; type: number; values: unknown[] }): void {
  const { name, type, values } = list;
  const numbers = values as number[];
  if (type === AttrType.int) to.intList(op, name, BigInt64Array.from(numbers, BigInt), values.length);
  else if (type === AttrType.float) to.floatList(op, name, Float32Array.from(numbers), values.length);
  else if (type === AttrType.bool)
    to.boolList(op, name, Uint8Array.from(values as boolean[], Number), values.length);
  else if (type === AttrType.stringList) setStrings(to, op, name, values as string[]);
  else if (type === AttrType.typeList) to.typeList(op, name, Int32Array.from(numbers), values.length);
  else to.shape(op, name, BigInt64Array.from(numbers, BigInt), values.length);
}

function setStrings(to: Setters, op: Pointer, name: string, texts: readonly string[]): void {
  const bytes = texts.map((text) => encoder.encode(text));
  const addresses = BigUint64Array.from(bytes, (text) => koffi.address(text));
  const lengths = BigUint64Array.from(bytes, ({ length }) => BigInt(length));
  to.stringList(op, name, addresses, lengths, texts.length);
}

function setters(tf: TensorFlow): { eager: Setters; graph: Setters } {
  let found = settersOf.get(tf);
  if (!found) {
    found = { eager: eagerSetters(tf), graph: graphSetters(tf.api) };
    settersOf.set(tf, found);
  }
  return found;
}

function eagerSetters(tf: TensorFlow): Setters {
  const { api } = tf;
  return {
    string: api.TFE_OpSetAttrString,
    int: api.TFE_OpSetAttrInt,
    float: api.TFE_OpSetAttrFloat,
    bool: api.TFE_OpSetAttrBool,
    type: api.TFE_OpSetAttrType,
    intList: api.TFE_OpSetAttrIntList,
    floatList: api.TFE_OpSetAttrFloatList,
    boolList: api.TFE_OpSetAttrBoolList,
    typeList: api.TFE_OpSetAttrTypeList,
    stringList: api.TFE_OpSetAttrStringList,
    func: api.TFE_OpSetAttrFunctionName,
    shape(op, name, dims, rank) {
      api.TFE_OpSetAttrShape(op, name, dims, rank, tf.status);
      check(tf, () => `setting the shape attribute ${name} failed`);
    },
  };
}

function graphSetters(api: CApi): Setters {
  return {
    string: api.TF_SetAttrString,
    int: api.TF_SetAttrInt,
    float: api.TF_SetAttrFloat,
    bool: api.TF_SetAttrBool,
    type: api.TF_SetAttrType,
    intList: api.TF_SetAttrIntList,
    floatList: api.TF_SetAttrFloatList,
    boolList: api.TF_SetAttrBoolList,
    typeList: api.TF_SetAttrTypeList,
    stringList: api.TF_SetAttrStringList,
    func: api.TF_SetAttrFuncName,
    shape: (op, name, dims, rank) => api.TF_SetAttrShape(op, name, dims, rank),
  };
}
