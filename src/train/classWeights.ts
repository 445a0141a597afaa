import { inOrder, type Several } from "../base/several.js";
import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";
import type { tf } from "../native/index.js";
import { outputNames } from "./outputNames.js";

/** `balanced`, or the factor of each class: by label or class name; classes not named count 1. */
export type ClassWeights = "balanced" | Readonly<Record<string | number, number>>;

/** Of each output, the factors of its classes in order of the labels; undefined for one whose samples all count 1. */
export type HeadWeights = readonly (Float32Array | undefined)[];

/**
 * The factors of the classes of each output.
 *
 * @param option of a model with several outputs, by their names or a list in their order
 * @param of `train` has its columns in the model's order
 * @throws as `classWeights`; TypeError where it is not said of which of several outputs they are.
 */
export function headWeights(
  option: ClassWeights | Several<ClassWeights | undefined> | undefined,
  { model, dataset, train }: { model: tf.LayersModel; dataset: Dataset; train: Split },
): HeadWeights | undefined {
  if (option === undefined) return undefined;
  const names = outputNames(model);
  const targets = train.columns?.targets ?? [];
  if (names.length === 1) return [classWeights(option as ClassWeights, dataset)];
  if (typeof option !== "object" || option === null)
    throw new TypeError(
      `fit needs classWeights by the outputs' names for a model with several (${names.map((name) => `"${name}"`).join(", ")}); it was given ${JSON.stringify(option) ?? String(option)}`,
    );
  const asked = { who: "fit", what: "class weights", of: "outputs" };
  const given = inOrder(option as Several<ClassWeights | undefined>, names, asked);
  return targets.map(({ classes, classNames, values }, k) => {
    const weights = given[k];
    const labelled = { name: names[k] as string, classes, classNames, train: { y: values } };
    return weights === undefined ? undefined : classWeights(weights, labelled);
  });
}

/** As JSON can say it: of one output its factors, of several a list of theirs. */
export function sayableWeights(weights: HeadWeights): number[] | (number[] | null)[] {
  const all = weights.map((factors) => (factors ? [...factors] : null));
  return all.length === 1 && all[0] ? all[0] : all;
}

interface Labelled {
  readonly name: string;
  readonly classes: number | undefined;
  readonly classNames?: readonly string[] | undefined;
  readonly train: Pick<Split, "y">;
}

/**
 * The factor of each class's losses.
 *
 * `balanced` is n / (classes · nₖ), the rule of scikit-learn's `compute_class_weight`: every class has the same
 * total weight, and the mean weight of a sample is 1.
 *
 * @throws RangeError if a class is unknown, a weight is negative or not finite, all are 0, a list is not as long as
 * there are classes, or `balanced` finds an empty class.
 * @throws TypeError if the data has no classes.
 */
export function classWeights(option: ClassWeights, dataset: Labelled): Float32Array {
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
  if (Array.isArray(option) && option.length !== classes)
    throw new RangeError(
      `fit needs a class weight for each of the ${classes} classes of "${dataset.name}"; it was given a list of ${option.length}`,
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
  if (weights.every((weight) => weight === 0))
    throw new RangeError(`fit needs a class weight above 0; all ${classes} of "${dataset.name}" are 0`);
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
