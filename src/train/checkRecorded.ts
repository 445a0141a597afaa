/** Whether what `fit` is to keep can be kept. */
import type { Schedule } from "../optim/schedules/schedule.js";
import type { CheckpointPlan } from "./checkpoint/checkpointOptions.js";
import type { FitOptions } from "./fitOptions.js";
import type { TrackPlan } from "./trackOption.js";

/**
 * Checkpoints lie in a run, and go on only where all that learns from the training says what it has learnt.
 *
 * @throws TypeError otherwise.
 */
export function checkRecorded(
  { resume, trial }: FitOptions,
  has: { checkpoint: CheckpointPlan | undefined; track: TrackPlan | undefined; schedule: Schedule },
): void {
  const { checkpoint, track, schedule } = has;
  const option = resume !== undefined ? "resume" : checkpoint ? "checkpoint" : undefined;
  if (option === undefined) return;
  if (!track) throw new TypeError(`fit needs a run on disk for ${option}; it was given track: false`);
  if (trial)
    throw new TypeError(
      `fit needs a run of its own for ${option}; a sweep's trial that was cut short is trained anew`,
    );
  if (schedule.observe && !schedule.state && !schedule.begin?.().state)
    throw new TypeError(
      `fit needs a schedule with state() and restore() for ${option}, as it observes the training; "${schedule.name}" has none`,
    );
  if (resume !== undefined && typeof resume !== "string")
    throw new TypeError(`fit needs resume to be a run's folder, id or name; it was given ${String(resume)}`);
}
