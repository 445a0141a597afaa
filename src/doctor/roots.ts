/** Verdicts as they are shown: each root cause with what follows from it. */
import type { Verdict } from "./verdict.js";

export interface Root {
  readonly verdict: Verdict;
  /** In the order of the diagnosis. */
  readonly symptoms: readonly Verdict[];
}

export function roots(verdicts: readonly Verdict[]): Root[] {
  const found = verdicts.filter(({ follows }) => follows === undefined);
  return found.map((verdict) => ({
    verdict,
    symptoms: verdicts.filter(({ follows }) => follows === verdict.problem),
  }));
}

/** Such as `VanishingGradient in hidden_1, from step 0`. */
export function verdictPlaceText({ problem, layer, step, epoch }: Verdict): string {
  const where = layer === undefined ? "" : ` in ${layer}`;
  const when =
    epoch !== undefined ? `, from epoch ${epoch}` : step !== undefined ? `, from step ${step}` : "";
  return `${problem}${where}${when}`;
}
