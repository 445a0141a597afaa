/** What the doctor says of a board's runs, as plain data that travels with them. */
import { tags } from "../base/tags.js";
import type { Problem, Severity } from "../doctor/index.js";

export interface BoardVerdict {
  readonly problem: Problem;
  readonly severity: Severity;
  /** One sentence. */
  readonly message: string;
  /** What to try first. */
  readonly advice?: string;
  /** The series of its evidence. */
  readonly tags: readonly string[];
  readonly layer?: string;
  /** The verdict on the same run from which this one follows. */
  readonly follows?: Problem;
  /** The first global step, or the epoch from 1, at which it was seen. */
  readonly step?: number;
  readonly epoch?: number;
  /** When that was, in seconds since 1970. */
  readonly wallTime?: number;
}

/** `VanishingGradient of deep in hidden_1, from step 0`. */
export function verdictTitle(run: string, { problem, layer, step, epoch }: BoardVerdict): string {
  const from =
    epoch !== undefined ? `, from epoch ${epoch}` : step !== undefined ? `, from step ${step}` : "";
  return `${problem} of ${run}${layer === undefined ? "" : ` in ${layer}`}${from}`;
}

export const verdictSigns: Readonly<Record<Severity, string>> = { error: "✗", warning: "!", info: "i" };

/** All of it in one line. */
export function verdictLine(run: string, verdict: BoardVerdict): string {
  const { severity, message, advice } = verdict;
  const first = advice === undefined ? "" : ` First: ${advice}.`;
  return `${verdictSigns[severity]} ${verdictTitle(run, verdict)} (${severity}): ${message}${first}`;
}

interface Points {
  readonly steps: ArrayLike<number>;
  readonly wallTimes: ArrayLike<number>;
}

/** The index of the point at which a verdict stands in a series; -1 if there is none. */
export function verdictIndex(
  { step, epoch, wallTime }: BoardVerdict,
  { steps, wallTimes }: Points,
  countsEpochs: boolean,
): number {
  const last = steps.length - 1;
  const wanted = countsEpochs ? epoch : step;
  const [axis, from] = wanted !== undefined ? [steps, wanted] : [wallTimes, wallTime];
  if (from === undefined) return -1;
  for (let i = 0; i <= last; i++) if ((axis[i] as number) >= from) return i;
  return last;
}

/** Whether a series' steps are epochs. */
export function countsEpochs(tag: string): boolean {
  return tag.startsWith(tags.epoch(""));
}
