import type { Dataset } from "../data/dataset.js";

/** `balanced`, or the factor of each class: by label or class name; classes not named count 1. */
export type ClassWeights = "balanced" | Readonly<Record<string | number, number>>;

/**
 * The factor of each class's losses.
 *
 * `balanced` is n / (classes · nₖ), the rule of scikit-learn's `compute_class_weight`: every class has the same
 * total weight, and the mean weight of a sample is 1.
 *
 * @throws RangeError if a class is unknown, a weight is negative or not finite, or `balanced` finds an empty class.
 * @throws TypeError if the data has no classes.
 */
export function classWeights(option: ClassWeights, dataset: Dataset): Float32Array {
  const { classes, train } = dataset;
  if (classes === undefined)
    throw new TypeError(
      `fit needs a data set with classes for classWeights; "${dataset.name}" is a regression`,
    );
  if (option === "balanced") return balanced(train.y, classes, dataset.name);
  if (typeof option !== "object" || option === null)
    throw new TypeError(
      `fit needs classWeights to be "balanced" or a weight for each class; it was given ${option}`,
    );
  const weights = new Float32Array(classes).fill(1);
  for (const [key, weight] of Object.entries(option)) {
    const named = dataset.classNames?.indexOf(key) ?? -1;
    const label = named >= 0 ? named : Number(key);
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(
        `fit needs classWeights for classes 0 to ${classes - 1}${dataset.classNames ? " or their names" : ""}; it was given one for "${key}"`,
      );
    if (!(Number.isFinite(weight) && weight >= 0))
      throw new RangeError(`fit needs class weights of at least 0; class "${key}" was given ${weight}`);
    weights[label] = weight;
  }
  return weights;
}

function balanced(labels: ArrayLike<number>, classes: number, name: string): Float32Array {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++)
    counts[labels[i] as number] = (counts[labels[i] as number] ?? 0) + 1;
  const empty = counts.indexOf(0);
  if (empty >= 0)
    throw new RangeError(
      `fit needs samples of every class for classWeights "balanced"; "${name}" trains on none of class ${empty}`,
    );
  return Float32Array.from(counts, (count) => labels.length / (classes * count));
}
