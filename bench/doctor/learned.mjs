// Whether a training went well, judged without the doctor.
import { nearestScore } from "./data/nearest.mjs";
import { meanOf } from "./meanOf.mjs";

/** What a model may stay behind the nearest neighbours. */
const slack = 0.05;
/** What the validation loss may have risen above its least: a share of it, or of the first epoch's where that is more. */
const rise = { ofLeast: 0.2, ofFirst: 0.03 };

/**
 * A run is healthy if it ended by itself, over its last five epochs answers as well as the 15 nearest neighbours but for 0.05 (of a regression in R²), and
 * its validation loss ends at most a fifth above its least, or 0.03 of its first value: else it learned too little, or too much.
 *
 * @returns undefined for a healthy run, else why it is none
 */
export function unhealthyBy(trained, dataset) {
  if (trained.status !== "finished") return `it ${trained.status}`;
  const wanted = nearestScore(dataset) - slack;
  const reached = reachedBy(trained, dataset);
  if (!(reached >= wanted)) return `it reached ${reached.toFixed(3)} of ${wanted.toFixed(3)}`;
  const { valLoss } = trained.history;
  const least = Math.min(...valLoss);
  const risen = valLoss.at(-1) - least;
  if (risen <= Math.max(rise.ofLeast * least, rise.ofFirst * valLoss[0])) return undefined;
  return `its validation loss rose from ${least.toPrecision(2)} to ${valLoss.at(-1).toPrecision(2)}`;
}

/** Its accuracy on validation over the last five epochs, of a regression R²; NaN where it did not end by itself. */
export function reachedBy({ status, history }, { classes, validation }) {
  if (status !== "finished") return Number.NaN;
  if (classes !== undefined) return meanOf(history.valAccuracy.slice(-5));
  return 1 - meanOf(history.valLoss.slice(-5)) / variance(validation.y);
}

function variance(values) {
  const mean = meanOf(Array.from(values));
  return meanOf(Array.from(values, (value) => (value - mean) ** 2));
}
