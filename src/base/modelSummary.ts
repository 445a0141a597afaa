/** What a model is made of, as a run's record keeps it and the doctor reads it. */

export interface LayerSummary {
  readonly name: string;
  /** Class name, such as `Dense`. */
  readonly kind: string;
  readonly activation?: string;
  /** Of the kernel, such as `heNormal`. */
  readonly initializer?: string;
  readonly units?: number;
  /** Share of outputs that a dropout layer sets to 0 in training. */
  readonly rate?: number;
  /** False for a frozen layer; true for one without parameters. */
  readonly trainable: boolean;
  /** How many numbers its weights hold. */
  readonly parameters: number;
  /** Names under which its tensors are logged, such as `dense_1/kernel`; trainable ones first. */
  readonly weights: readonly string[];
  /** By the names of those that have one: the factors of Σ|w| and Σw² in the loss, or `own` for a person's class. */
  readonly penalties?: Readonly<Record<string, Penalty>>;
  /** Its kernels before the first step, by the names of their weights. */
  readonly initial?: Readonly<Record<string, InitialKernel>>;
  /** Whether its biases were all 0 before the first step; absent for a layer without. */
  readonly zeroBiases?: boolean;
}

/** A kernel as a training found it; of a large one the first rows are looked at. */
export interface InitialKernel {
  /** Numbers that go into one sum: all of its shape but the last. */
  readonly fanIn: number;
  /** Sums that it makes: the last of its shape. */
  readonly units: number;
  readonly mean: number;
  readonly std: number;
  /** The standard deviation with which its initialiser draws; absent where that draws no numbers, or is not known. */
  readonly drawn?: number;
  /** Share of the units whose numbers are those of another unit, 0 to 1. */
  readonly identical: number;
}

/** What an output of a model is taught. */
export interface OutputSummary {
  readonly name: string;
  /** The activation that it passes last; `unknown` where no layer says one. */
  readonly activation: string;
  /** The last of its shape. */
  readonly units: number;
  /** The loss's name. */
  readonly loss: string;
  readonly target: TargetSummary;
  /** Of a person's own loss: how it answers to made-up outputs. Absent where it could not be asked. */
  readonly ownLoss?: LossAnswers;
}

export interface TargetSummary {
  /**
   * `classes`: labels; `oneHot`: rows of one 1 and else 0, as values; `binary`: nothing but 0 and 1; `values`: any other.
   */
  readonly kind: "classes" | "oneHot" | "binary" | "values";
  /** How many classes there are, of labels and of one-hot rows. */
  readonly classes?: number;
  /** Of values: shares below 0, below −1 and above 1 (of at most 10,000 rows). */
  readonly negative?: number;
  readonly belowMinusOne?: number;
  readonly aboveOne?: number;
}

export interface LossAnswers {
  /** It rises where the output comes nearer to the target. */
  readonly flipped: boolean;
  /** It stays the same where all outputs grow alike, as one does that has a softmax in it. */
  readonly hasSoftmax: boolean;
  /** It has no slope, or no value, where the right class's output is below 0, as a logarithm of probabilities. */
  readonly needsProbabilities: boolean;
}

export type Penalty = { readonly l1: number; readonly l2: number } | "own";

/** Layers in order of depth, input side first. */
export interface ModelSummary {
  readonly layers: readonly LayerSummary[];
  readonly parameters: number;
  /** One for each of the model's outputs, of a model that is trained. */
  readonly outputs?: readonly OutputSummary[];
}
