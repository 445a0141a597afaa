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
}

/** Layers in order of depth, input side first. */
export interface ModelSummary {
  readonly layers: readonly LayerSummary[];
  readonly parameters: number;
}
