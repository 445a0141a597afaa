/** A run becomes one of this process's open runs: what is printed is kept from now on, and the machine is measured. */

import { closeParts, forgetOpen, rememberOpen } from "./openRuns.js";
import { captureOutput } from "./outputCapture.js";
import { OutputLog } from "./outputLog.js";
import { Run, type RunParts } from "./run.js";
import { beginRunBoard, type RunBoard } from "./runBoards.js";
import { measureSystem, type SystemOption, systemInterval } from "./systemMetrics.js";

export interface BesideOptions {
  /**
   * Seconds between two measurements of the machine, 0.1 to 3600, or false for none. Default: TUNELAB_SYSTEM_METRICS,
   * else 5.
   */
  readonly system?: SystemOption;
  /** Whether what is printed meanwhile is kept in the run's `output.log`. Default true. */
  readonly output?: boolean;
  /**
   * In a notebook, show the run's board and renew it in its place while the run is logged to: the regular expression that
   * tags must fit, empty for all.
   */
  readonly board?: string;
}

/** `BesideOptions`, complete. */
export interface Beside {
  /** Undefined: the machine is not measured. */
  readonly seconds: number | undefined;
  readonly output: boolean;
  /** Undefined: none is shown. */
  readonly board: string | undefined;
}

/** @throws RangeError for an interval out of its bounds, TypeError for what is none. */
export function besideOf({ system, output = true, board }: BesideOptions): Beside {
  return { seconds: systemInterval(system), output, board };
}

export function startRun(
  parts: Omit<RunParts, "onFinish" | "onChange">,
  { seconds, output, board }: Beside,
): Run {
  const stops: (() => void)[] = [];
  const onFinish = (ended: Run) => {
    for (const stop of stops) stop();
    forgetOpen(ended);
    closeParts(ended);
  };
  let shown: RunBoard | undefined;
  const onChange = () => shown?.changed();
  const run = new Run({ ...parts, onFinish, ...(board !== undefined && { onChange }) });
  if (output) stops.push(keepOutput(run));
  if (seconds !== undefined) stops.push(measureSystem(run, { seconds, clock: parts.clock }));
  rememberOpen(run);
  if (board !== undefined) {
    shown = beginRunBoard(run, board);
    stops.push(() => shown?.end());
  }
  return run;
}

function keepOutput(run: Run): () => void {
  const log = new OutputLog(run.dir, { onProblem: (sentence) => run.problem(sentence) });
  const stop = captureOutput(log);
  return () => {
    stop();
    log.close();
  };
}
