/** Inputs and targets of a split that has several of them. */

export interface Column {
  /** As the model's input or output is called; undefined where the order says which it is. */
  readonly name: string | undefined;
  /** Sample by sample. Labels are an Int32Array. */
  readonly values: Float32Array | Int32Array;
  /** Of one sample; [] for labels. */
  readonly shape: readonly number[];
}

/** The form by which targets were known as class labels: whole numbers, or rows of one 1 and else 0. */
export type TakenFor = "labels" | "oneHot";

export interface TargetColumn extends Column {
  /** Undefined for a regression. */
  readonly classes: number | undefined;
  /** One name a class, in order of the labels. */
  readonly classNames?: readonly string[] | undefined;
  /** Of labels that were known by their form alone: nobody said that they are. */
  readonly taken?: TakenFor | undefined;
}

/** Invariants: at least one of each; all have as many samples; either all or none of a side have names. */
export interface Columns {
  readonly inputs: readonly Column[];
  readonly targets: readonly TargetColumn[];
}

/** What a column is called in a sentence: by its name, else by its place. */
export function columnTitle({ name }: Column, index: number): string {
  return name === undefined ? `number ${index + 1}` : `"${name}"`;
}
