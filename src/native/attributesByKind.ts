import { AttrType, type OpAttribute } from "./opAttributes.js";

/** Attribute values by kind; the kind is not guessed from the value. */
export interface AttributesByKind {
  readonly types?: Readonly<Record<string, number>>;
  readonly typeLists?: Readonly<Record<string, readonly number[]>>;
  readonly ints?: Readonly<Record<string, number | readonly number[]>>;
  readonly floats?: Readonly<Record<string, number>>;
  readonly bools?: Readonly<Record<string, boolean>>;
  readonly strings?: Readonly<Record<string, string>>;
  readonly stringLists?: Readonly<Record<string, readonly string[]>>;
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  /** Names of TensorFlow functions. */
  readonly functions?: Readonly<Record<string, string>>;
}

const kinds = [
  ["types", AttrType.type],
  ["typeLists", AttrType.typeList],
  ["ints", AttrType.int],
  ["floats", AttrType.float],
  ["bools", AttrType.bool],
  ["strings", AttrType.string],
  ["stringLists", AttrType.stringList],
  ["shapes", AttrType.shape],
  ["functions", AttrType.func],
] as const;

/** The same one after another, as the binding takes them. */
export function attributeList(attributes: AttributesByKind): OpAttribute[] {
  return kinds.flatMap(([kind, type]) =>
    Object.entries(attributes[kind] ?? {}).map(([name, value]) => ({ name, type, value })),
  );
}
