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

/** More than this is no line any more. */
const lineWidth = 240;

/**
 * In one line, such as `not judged: DyingReLU, VanishingGradient (needs gradient norms)`; where these are many their names
 * alone.
 */
export function unjudgedText(outcomes: readonly RuleOutcome[]): string | undefined {
  const left = unjudged(outcomes);
  if (left.length === 0) return undefined;
  const line = `not judged: ${left.map(unjudgedPart).join("; ")}`;
  if (line.length <= lineWidth) return line;
  const names = left.flatMap(({ problems }) => problems);
  return `not judged (--json says what each needs): ${names.join(", ")}`;
}

/** Such as `DyingReLU, VanishingGradient (needs gradient norms)`. */
export function unjudgedPart({ problems, missing }: Unjudged): string {
  return `${problems.join(", ")} (needs ${missing})`;
}
