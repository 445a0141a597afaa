/** The host of a sweep's worker: nothing is shown, and the running trial's signal is the signal. */
import { type Host, host, hostInstalled, type RunningTrial } from "../../base/host.js";

export function workerHost(signal: () => AbortSignal, trial: () => RunningTrial | undefined): Host {
  const outer = hostInstalled() ? host() : undefined;
  return {
    kind: "worker",
    display: () => ({ update: () => {} }),
    signal,
    trial,
    sources: () => outer?.sources() ?? [],
  };
}
