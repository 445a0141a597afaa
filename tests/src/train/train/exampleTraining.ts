/** A small training, noisy enough that seeds show. */
import { arrays } from "../../../../src/data/arrays.js";
import { mlp } from "../../../../src/models/mlp.js";
import type { TrialSeam } from "../../../../src/train/seams.js";

export const noisy = arrays({
  x: Array.from({ length: 130 }, (_, i) => [Math.sin(i), Math.cos(2 * i), ((i * 7) % 13) / 13]),
  y: Array.from({ length: 130 }, (_, i) => (Math.sin(i) > 0.2 ? 1 : 0)),
  validation: 30,
});
export const small = () => mlp({ inputShape: [3], hidden: [8], classes: 2, dropout: 0.2, seed: 4 });

export function trialThatPrunesAfter(epoch: number, metric: string | undefined = "valLoss") {
  const reports: [number, number][] = [];
  const trial: TrialSeam = {
    ...{ number: 2, params: {}, metric, signal: new AbortController().signal },
    report: (value, step) => void reports.push([step, value]),
    shouldPrune: async () => reports.length >= epoch,
  };
  return { trial, reports };
}
