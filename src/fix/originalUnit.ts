/**
 * The loss of a training whose targets a fix brought to deviation 1, in the unit that they had: a mean squared error of
 * targets y / d is the one of y divided by d².
 */
import type { RunData } from "../track/index.js";
import type { Outcome } from "./outcome.js";

/** How targets were scaled: what each column of them was divided by. */
export type Deviations = ArrayLike<number>;

/**
 * @param deviations undefined where the targets are as they were
 * @returns the same with its loss times d², which `scaledBy` says; where that cannot be told, `otherUnit` says why
 */
export function inOriginalUnit(
  outcome: Outcome | undefined,
  {
    run,
    loss,
    deviations,
  }: {
    readonly run: Pick<RunData, "record">;
    readonly loss: string | undefined;
    readonly deviations: Deviations | undefined;
  },
): Outcome | undefined {
  if (!outcome || !deviations || !/^(valL|l)oss$/.test(outcome.metric)) return outcome;
  const [deviation = Number.NaN, ...others] = Array.from(deviations);
  const why = [
    loss !== "meanSquaredError" && `it is no mean squared error (${loss ?? "unknown"})`,
    others.length > 0 && `its ${others.length + 1} targets have a scale each, and it is the mean of them`,
    hasPenalties(run) && "it includes penalties of the weights, which have no such unit",
  ].find((text) => text !== false);
  if (why !== undefined) return { ...outcome, otherUnit: why };
  const times = deviation ** 2;
  const { kept } = outcome;
  return {
    ...outcome,
    score: outcome.score * times,
    value: outcome.value * times,
    ...(kept && { kept: { ...kept, last: kept.last * times } }),
    scaledBy: times,
  };
}

function hasPenalties({ record: { model } }: Pick<RunData, "record">): boolean {
  return (model?.layers ?? []).some(({ penalties }) => penalties !== undefined);
}
