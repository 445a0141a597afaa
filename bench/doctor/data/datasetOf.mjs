import { data } from "../../../dist/src/index.js";
import { withShares } from "./classRatio.mjs";
import { rescaled, withLabel } from "./inputs.mjs";
import { withNoise } from "./labelNoise.mjs";
import { leaked } from "./leak.mjs";
import { pick, rowsOf } from "./rows.mjs";
import { sources } from "./sources.mjs";

/**
 * The data of a run: `of` names the source, whose options follow, and the rest is done to it in this order: `only` these
 * classes, `shares` of the classes in both parts, `labels` that are wrong in training, `scale` and `shift` of the inputs, or of one `column`,
 * the `label` as an input, `leak`: a share of validation copied from training.
 */
export async function datasetOf({ of, ...how }, seed) {
  const plain = await sources[of]({ ...how, seed });
  const { only, shares, labels, scale, shift, column, label, leak } = how;
  if ([only, shares, labels, scale, shift, label, leak].every((fault) => fault === undefined)) return plain;
  const classes = only?.length ?? plain.classes;
  let parts = { train: rowsOf(plain.train), validation: rowsOf(plain.validation) };
  const change = (by) => {
    parts = { train: by(parts.train, "train"), validation: by(parts.validation, "validation") };
  };
  if (only) change((rows) => onlyClasses(rows, only));
  if (shares) change((rows, part) => withShares(rows, shares, { seed, part }));
  if (labels) parts.train = withNoise(parts.train, labels, { seed, classes });
  if (scale !== undefined || shift !== undefined) change((rows) => rescaled(rows, { scale, shift, column }));
  if (label) change(withLabel);
  if (leak !== undefined) parts.validation = leaked(parts, { share: leak, seed });
  const { train, validation } = parts;
  return data.arrays({
    name: plain.name,
    x: train.x,
    y: train.y,
    inputShape: train.inputShape,
    classes,
    validation: { x: validation.x, y: validation.y },
    seed,
  });
}

function onlyClasses(rows, only) {
  const places = Array.from(rows.y.keys()).filter((row) => only.includes(rows.y[row]));
  const kept = pick(rows, places);
  return { ...kept, y: kept.y.map((label) => only.indexOf(label)) };
}
