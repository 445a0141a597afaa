/** Trainings that end while they still learn. */
import type { Prescription } from "../doctor/index.js";
import type { RunData } from "../track/index.js";

/** Rise of the accuracy over the last third of the epochs. */
const leastRise = 0.02;
const leastEpochs = 3;

/** Validation still rises fast, and its loss was never lower than at the end: the epochs were meant for another course. */
export function isUnfinished({ scalars, record }: RunData): boolean {
  const epochs = (metric: string) => Array.from(scalars.get(`epoch/${metric}`)?.values ?? []);
  const [answers, losses] = [epochs("valAccuracy"), epochs("valLoss")];
  if (record.status !== "finished" || Math.min(answers.length, losses.length) < leastEpochs) return false;
  const before = answers.at(-1 - Math.floor(answers.length / 3)) as number;
  return (answers.at(-1) as number) - before >= leastRise && Math.min(...losses) === losses.at(-1);
}

/** @param epochs that it had; `why`: a clause; `keepsBest`: it has a way of its own to keep the best epoch's weights */
export function longer(
  epochs: number,
  { why, keepsBest }: { readonly why: string; readonly keepsBest: boolean },
): Prescription & Required<Pick<Prescription, "change">> {
  const more = { epochs: 2 * epochs, ...(!keepsBest && { restoreBest: true }) };
  const options = Object.entries(more).map(([name, value]) => `${name}: ${value}`);
  return {
    text: `Train twice as long, ${epochs} → ${2 * epochs} epochs, and keep the best: ${why}`,
    code: `fit(model, dataset, { ...options, ${options.join(", ")} })`,
    change: { fit: more },
  };
}
