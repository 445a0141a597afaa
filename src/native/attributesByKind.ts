/** Attribute values by kind; the kind is not guessed from the value. */
export interface AttributesByKind {
  readonly types?: Readonly<Record<string, number>>;
  readonly ints?: Readonly<Record<string, number | readonly number[]>>;
  readonly floats?: Readonly<Record<string, number>>;
  readonly bools?: Readonly<Record<string, boolean>>;
  readonly strings?: Readonly<Record<string, string>>;
  readonly stringLists?: Readonly<Record<string, readonly string[]>>;
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
}
