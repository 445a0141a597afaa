/** Runs really trained by PyTorch, with what the doctor says of them, as a board reads them. */
import { type BoardRun, labelled } from "../../../src/board/series.js";
import { withVerdicts } from "../../../src/board/withVerdicts.js";
import { type Recorded, recordedRuns, runData } from "../doctor/recordedRuns.js";

export const vanishing = "VG3 mnist sigmoid deep#0";
export const overfitted = "OF1 mnist 200 rows#0";
export const sound = "Q relu 6x64 adam#0";

export function recorded(name: string): Recorded {
  const found = recordedRuns().find((run) => run.name === name);
  if (!found) throw new Error(`there is no recorded run ${name}`);
  return found;
}

export function diagnosed(...names: readonly string[]): BoardRun[] {
  const runs = labelled(names.map((name) => ({ ...runData(recorded(name)), dir: `runs/${name}` })));
  return withVerdicts(runs, (sentence) => {
    throw new Error(sentence);
  });
}
