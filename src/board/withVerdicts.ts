/** The doctor's verdicts on a board's runs. */
import { diagnose, placeOfVerdict, type Verdict } from "../doctor/index.js";
import type { RunData } from "../track/runData.js";
import type { BoardRun } from "./series.js";
import type { BoardVerdict } from "./verdicts.js";

/** The doctor looks at the first runs of a board: of more nobody could tell the marks apart. */
export const mostDiagnosed = 20;

export function withVerdicts(runs: readonly BoardRun[], tell: Tell): BoardRun[] {
  return runs.map((run, i) => saying(run, i < mostDiagnosed ? verdictsOrTell(run, tell) : []));
}

/** With what the doctor said when it last looked, if it has: it takes nobody's time. */
export function withKnownVerdicts(runs: readonly BoardRun[]): BoardRun[] {
  return runs.map((run) => saying(run, judged.get(run.data.dir)?.verdicts ?? []));
}

function saying(run: BoardRun, verdicts: readonly BoardVerdict[]): BoardRun {
  return verdicts.length > 0 ? { ...run, verdicts } : run;
}

type Tell = (sentence: string) => void;

/** None, and a sentence, of a run that cannot be diagnosed: it is shown all the same. */
export function verdictsOrTell({ label, data }: BoardRun, tell: Tell): readonly BoardVerdict[] {
  try {
    return verdictsOf(data);
  } catch (error) {
    tell(`${label} is shown without what the doctor says of it: ${(error as Error).message}`);
    return [];
  }
}

interface Judged {
  readonly state: string;
  readonly verdicts: readonly BoardVerdict[];
  /** When a run that goes on is looked at again, by `performance.now()`. */
  readonly again: number;
}

/** By folder, the latest judged last. */
const judged = new Map<string, Judged>();
const mostKept = 2 * mostDiagnosed;
/** A run that goes on is diagnosed in at most one part of so many of the time. */
const restFactor = 20;

/** As before while the run is as before; while it goes on also as long as a diagnosis would cost more than a twentieth. */
export function verdictsOf(
  run: RunData,
  now: () => number = () => performance.now(),
): readonly BoardVerdict[] {
  const state = stateOf(run);
  const before = judged.get(run.dir);
  const start = now();
  if (before && (before.state === state || (run.status === "running" && start < before.again)))
    return before.verdicts;
  const verdicts = diagnose(run)
    .verdicts.filter(isOfUse)
    .map((verdict): BoardVerdict => {
      const { problem, severity, message, layer, follows, step, epoch, prescription } = verdict;
      const [first] = prescription;
      return {
        problem,
        severity,
        message,
        ...(first && { advice: first.text }),
        ...placeOfVerdict(run, verdict),
        ...(layer !== undefined && { layer }),
        ...(follows !== undefined && { follows }),
        ...(step !== undefined && { step }),
        ...(epoch !== undefined && { epoch }),
      };
    });
  judged.delete(run.dir);
  judged.set(run.dir, { state, verdicts, again: start + restFactor * (now() - start) });
  const oldest = judged.keys().next().value;
  if (judged.size > mostKept && oldest !== undefined) judged.delete(oldest);
  return verdicts;
}

/** Changes whenever the run's diagnosis may. */
function stateOf({ status, scalars, record }: RunData): string {
  let points = 0;
  for (const { values } of scalars.values()) points += values.length;
  return `${record.id} ${status} ${scalars.size} ${points}`;
}

/** A remark that follows from another verdict says nothing that this one does not. */
function isOfUse({ severity, follows }: Verdict): boolean {
  return severity !== "info" || follows === undefined;
}
