// How good a training is, from 0 to 1: its accuracy, or of a regression the share of the targets' variance that it explains, R².
import { datasetOf } from "../data/datasetOf.mjs";

/** Of what a fix says of a training on validation; 0 where its numbers are none, or it is worse than a constant. */
export async function scoreOf({ outcome }, definition, seed) {
  // Of uneven classes a fix judges by the mean recall.
  if (outcome?.accuracy !== undefined) return outcome.accuracy;
  if (outcome?.metric === "valAccuracy") return outcome.value;
  return outcome?.metric === "valLoss" ? explained(outcome.value, definition, seed) : 0;
}

/** Of what `fit` returned. */
export async function reachedBy({ history }, definition, seed) {
  const accuracy = history.valAccuracy.at(-1);
  return accuracy ?? explained(history.valLoss.at(-1), definition, seed);
}

/** @param loss mean squared error, in the unit of the definition's targets */
async function explained(loss, { data }, seed) {
  const { validation, classes } = await datasetOf(data, seed);
  if (classes !== undefined || !Number.isFinite(loss)) return 0;
  const values = Array.from(validation.y);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.max(0, 1 - loss / variance);
}
