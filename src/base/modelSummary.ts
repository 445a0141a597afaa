/** What a model is made of, as a run's record keeps it and the doctor reads it. */

export interface LayerSummary {
  readonly name: string;
  /** Class name, such as `Dense`. */
  readonly kind: string;
  readonly activation?: string;
  /** Of the kernel, such as `heNormal`. */
  readonly initializer?: string;
  readonly units?: number;
  /** False for a frozen layer; true for one without parameters. */
  readonly trainable: boolean;
  /** How many numbers its weights hold. */
  readonly parameters: number;
  /** Names under which its tensors are logged, such as `dense_1/kernel`; trainable ones first. */
  readonly weights: readonly string[];
  /** By the names of those that have one: the factors of Σ|w| and Σw² in the loss, or `own` for a person's class. */
  readonly penalties?: Readonly<Record<string, Penalty>>;
}

export type Penalty = { readonly l1: number; readonly l2: number } | "own";

/** Layers in order of depth, input side first. */
export interface ModelSummary {
  readonly layers: readonly LayerSummary[];
  readonly parameters: number;
}
