/**
 * How often a model finds each class of the validation split: an accuracy says little of classes of few samples. Counted
 * where classes are uneven, from the answers that measure the accuracy anyway.
 *
 * Recall of a class: of its samples the share that is answered by it. Their mean over the classes that have samples is the
 * balanced accuracy (Brodersen et al., ICPR 2010).
 */
import type { TrainingPlan } from "./trainingPlan.js";

/** Classes are uneven where one has more than so many times the samples of another, in training or validation. */
export const unevenRatio = 2;

type Classified = Pick<TrainingPlan, "dataset" | "train" | "validation">;

export class ClassRecalls {
  readonly #labels: Int32Array;
  readonly #samples: readonly number[];
  #found: number[];
  #answered = 0;

  /** @param labels of the split, each in [0, classes) */
  constructor(labels: Int32Array, classes: number) {
    this.#labels = labels;
    this.#samples = countsOf(labels, classes);
    this.#found = new Array<number>(classes).fill(0);
  }

  /** Undefined unless one target of uneven classes is validated. */
  static of({ dataset: { classes }, train, validation }: Classified): ClassRecalls | undefined {
    const [given, labels] = [train.y, validation?.y];
    if (classes === undefined || validation?.columns || !(labels instanceof Int32Array)) return undefined;
    if (!(given instanceof Int32Array) || !(isUneven(given, classes) || isUneven(labels, classes)))
      return undefined;
    return new ClassRecalls(labels, classes);
  }

  /** @param answers of the next samples of the split: the class that each is given */
  add(answers: ArrayLike<number>): void {
    for (let i = 0; i < answers.length; i++) {
      const label = this.#labels[this.#answered++];
      if (label !== undefined && answers[i] === label) this.#found[label]!++;
    }
  }

  /** Of each class, NaN of one without samples, and begins anew; undefined where not all samples were answered. */
  take(): number[] | undefined {
    const [found, answered] = [this.#found, this.#answered];
    this.#found = found.map(() => 0);
    this.#answered = 0;
    if (answered !== this.#labels.length) return undefined;
    return found.map((count, label) => count / (this.#samples[label] as number));
  }
}

function isUneven(labels: Int32Array, classes: number): boolean {
  // There may be more classes than a call takes arguments.
  const counts = countsOf(labels, classes).sort((a, b) => a - b);
  return (counts.at(-1) ?? 0) > unevenRatio * (counts[0] ?? 0);
}

function countsOf(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++;
  return counts;
}
