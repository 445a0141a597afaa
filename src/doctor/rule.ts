/** A rule looks at one run for one problem. */
import type { RunView } from "./runView.js";
import type { Judgement, Problem } from "./verdict.js";

/**
 * Rules are pure: the same run gives the same judgement.
 * Duty: a healthy run gets no alarm above "info"; a run that holds too little gets `notEnough`, never `healthy`.
 */
export interface Rule {
  readonly problem: Problem;
  judge(run: RunView): Judgement;
}
