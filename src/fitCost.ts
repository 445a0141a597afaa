/** What a training cost beside its steps, kept with its run. */
import type { Run } from "./track/index.js";
import type { CaptureCost } from "./train/seams.js";

/** With the run, in milliseconds. */
export function keepCaptures(captures: readonly CaptureCost[], run: Run | undefined): void {
  const round = (value: number | undefined) => value && Math.round(value * 100) / 100;
  const rounded = captures.map((cost) => ({
    ...cost,
    tracing: round(cost.tracing),
    firstRun: round(cost.firstRun),
  }));
  if (rounded.length > 0) run?.describe({ environment: { captures: rounded } });
}

/** With the run, in seconds of this call: how long steps waited for their batches, and how long it all took. */
export function keepWaiting(
  { waited, seconds }: { readonly waited: number; readonly seconds: number },
  run: Run | undefined,
): void {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  run?.describe({ environment: { inputSeconds: round(waited), trainingSeconds: round(seconds) } });
}
