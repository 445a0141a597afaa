/** Runs whose process is gone, or gives no sign of life: they say "running" in their files. */
import type { RunStatus } from "../track/runRecord.js";

export function cutShort(runs: readonly { readonly label: string; readonly status: RunStatus }[]): string[] {
  const of = (wanted: RunStatus) => runs.filter(({ status }) => status === wanted).map(({ label }) => label);
  const [killed, stale] = [of("killed"), of("stale")];
  return [
    ...(killed.length > 0 ? [`Killed before the end: ${killed.join(", ")}.`] : []),
    ...(stale.length > 0 ? [`No sign of life for a minute, on another machine: ${stale.join(", ")}.`] : []),
  ];
}
