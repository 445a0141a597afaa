/** Rules that could not judge, put together by what the run would have to hold for them. */
import type { Problem, RuleOutcome } from "./verdict.js";

export interface Unjudged {
  readonly problems: readonly Problem[];
  readonly missing: string;
}

/** In the order in which the rules come. */
export function unjudged(outcomes: readonly RuleOutcome[]): Unjudged[] {
  const byMissing = new Map<string, Problem[]>();
  for (const { problem, outcome, missing = "" } of outcomes) {
    if (outcome === "notEnough") byMissing.set(missing, [...(byMissing.get(missing) ?? []), problem]);
  }
  return [...byMissing].map(([missing, problems]) => ({ problems, missing }));
}

/** Such as `not judged: DyingReLU, VanishingGradient (needs gradient norms)`. */
export function unjudgedText({ problems, missing }: Unjudged): string {
  return `not judged: ${problems.join(", ")} (needs ${missing})`;
}
