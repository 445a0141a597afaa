/** Whether the loss gives a weight a gradient; what is logged holds that of the weight's own penalty too. */
import { tags } from "../base/tags.js";
import type { RunView } from "./runView.js";

/** A penalty's gradient is known but for the rounding of float32. */
const tolerance = 1e-6;

/**
 * @param places of the sampled steps that count
 * @returns `unknown` where the penalty's gradient cannot be told from norms: of L1 and L2 together, and of one's own
 */
export function lossGradient(
  run: RunView,
  weight: string,
  places: readonly number[],
): "none" | "some" | "unknown" {
  const at = (tag: string) => {
    const values = run.series(tag)?.values;
    return values && places.map((i) => values[i] as number);
  };
  const norms = at(tags.gradientL2(weight));
  if (norms?.every((norm) => norm === 0)) return "none";
  const penalty = penaltyOf(run, weight);
  if (penalty === undefined) return "some";
  if (penalty === "own" || (penalty.l1 !== 0 && penalty.l2 !== 0)) return "unknown";
  const near = (value: number | undefined, known: number) =>
    value !== undefined && Math.abs(value - known) <= tolerance * known;
  // Of λ‖w‖²: 2λw. Of λ·Σ|w|: ±λ, and 0 where w is.
  const [weights, means, zeros] = [
    at(tags.weightL2(weight)),
    at(tags.gradientMeanAbs(weight)),
    at(tags.gradientZero(weight)),
  ];
  const largest = at(tags.gradientMax(weight));
  const isPenalty = (_: number, i: number) =>
    penalty.l1 === 0
      ? near(norms?.[i], 2 * penalty.l2 * (weights?.[i] ?? Number.NaN))
      : near(largest?.[i], penalty.l1) && near(means?.[i], penalty.l1 * (1 - (zeros?.[i] ?? Number.NaN)));
  return places.every(isPenalty) ? "none" : "some";
}

function penaltyOf({ run }: RunView, weight: string) {
  for (const { penalties } of run.record.model?.layers ?? [])
    if (penalties && Object.hasOwn(penalties, weight)) return penalties[weight];
  return undefined;
}
