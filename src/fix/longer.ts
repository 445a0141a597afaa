/** Trainings that end while they still learn. */
import { shortNumber } from "../base/table.js";
import { fitChange, viewRun } from "../doctor/index.js";
import type { RunData } from "../track/index.js";
import { epochsOf } from "./epochsOf.js";
import type { Applicable } from "./nextPrescription.js";

/** Rise of the accuracy over the last third of the epochs. */
const leastRise = 0.02;
/** Share of its loss that validation loses meanwhile, and what an accuracy lacks to 1 at least for that to matter. */
const leastFall = 0.05;
const leastRoom = 0.03;
const leastEpochs = 3;

/**
 * Validation's loss was never lower than at the end, and it still falls fast, or its accuracy rises: the epochs were meant for
 * another course. An accuracy of few rows moves by chance where the loss, which hangs on every answer, does not.
 */
export function isUnfinished(run: RunData): boolean {
  const [answers, losses] = [epochsOf(run, "valAccuracy"), epochsOf(run, "valLoss")];
  if (run.record.status !== "finished" || losses.length < leastEpochs) return false;
  const last = (values: readonly number[]) => values.at(-1) as number;
  const before = (values: readonly number[]) => values.at(-1 - Math.floor(values.length / 3)) as number;
  if (Math.min(...losses) !== last(losses)) return false;
  const falls = last(losses) <= (1 - leastFall) * before(losses);
  // A regression has no accuracy.
  if (answers.length < leastEpochs) return answers.length === 0 && falls;
  return last(answers) - before(answers) >= leastRise || (falls && last(answers) <= 1 - leastRoom);
}

/** Half a decade: rates are looked for by their logarithm (Bengio, Practical Recommendations, 2012). */
const step = 3;

/**
 * @param run the training that was slow; `why`: a clause
 * @returns undefined where its rate is not known
 */
export function faster(run: RunData, why: string): Applicable | undefined {
  const { learningRate: rate } = run.record.config;
  if (typeof rate !== "number") return undefined;
  const learningRate = Number((step * rate).toPrecision(2));
  return {
    text: `Raise the learning rate, ${shortNumber(rate)} → ${shortNumber(learningRate)}: ${why}`,
    code: fitChange(viewRun(run), { learningRate }).code ?? "",
    change: { fit: { learningRate } },
  };
}

/** @param epochs that it had; `why`: a clause; `keepsBest`: it has a way of its own to keep the best epoch's weights */
export function longer(
  epochs: number,
  { why, keepsBest }: { readonly why: string; readonly keepsBest: boolean },
): Applicable {
  const more = { epochs: 2 * epochs, ...(!keepsBest && { restoreBest: true }) };
  const options = Object.entries(more).map(([name, value]) => `${name}: ${value}`);
  return {
    text: `Train twice as long, ${epochs} → ${2 * epochs} epochs, and keep the best: ${why}`,
    code: `fit(model, dataset, { ...options, ${options.join(", ")} })`,
    change: { fit: more },
  };
}
