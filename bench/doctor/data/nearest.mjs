import { meanOf } from "../meanOf.mjs";
import { classCounts } from "./classCounts.mjs";

/**
 * How well the nearest training samples answer for those of validation: the share of right labels by the majority of the k nearest; of a
 * regression R² of their mean. What a model should reach that learns at all, by a program that has no gradients.
 */
export function nearestScore({ train, validation, classes }, k = 15) {
  const width = train.x.length / train.size;
  const answers = Array.from({ length: validation.size }, (_, row) => {
    const near = nearestOf(train, validation.x.subarray(row * width, (row + 1) * width), k);
    return classes === undefined ? meanOf(near) : majority(near, classes);
  });
  return scoreOf(answers, validation.y, classes);
}

/** Targets of the k nearest samples, the nearest first; of equally near ones those that come first. */
function nearestOf({ x, y, size }, point, k) {
  const near = [];
  for (let row = 0; row < size; row++) {
    let distance = 0;
    for (let at = 0; at < point.length; at++) distance += (x[row * point.length + at] - point[at]) ** 2;
    if (near.length === k && distance >= near[k - 1].distance) continue;
    let place = near.length;
    while (place > 0 && near[place - 1].distance > distance) place--;
    near.splice(place, 0, { distance, target: y[row] });
    if (near.length > k) near.pop();
  }
  return near.map(({ target }) => target);
}

function majority(labels, classes) {
  const counts = classCounts(labels, classes);
  return counts.indexOf(Math.max(...counts));
}

function scoreOf(answers, y, classes) {
  if (classes !== undefined) return answers.filter((answer, row) => answer === y[row]).length / y.length;
  const mean = meanOf(Array.from(y));
  const rest = answers.reduce((sum, answer, row) => sum + (answer - y[row]) ** 2, 0);
  return 1 - rest / y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
