/**
 * The seam to whoever draws a verdict's evidence: the board does, which the doctor does not know.
 *
 * Invariant: at most one drawer is installed; without one, a card has its evidence as a table alone.
 */
import type { RunData } from "../track/index.js";
import type { Verdict } from "./verdict.js";

/** A piece of HTML, everything of the run escaped; undefined where the run holds no series of the evidence. */
export type DrawEvidence = (run: RunData, verdict: Verdict) => string | undefined;

let drawer: DrawEvidence | undefined;

/** Makes `next` the drawer and returns the one before. */
export function installEvidenceCharts(next: DrawEvidence | undefined): DrawEvidence | undefined {
  const before = drawer;
  drawer = next;
  return before;
}

export function evidenceChart(run: RunData, verdict: Verdict): string | undefined {
  return drawer?.(run, verdict);
}
