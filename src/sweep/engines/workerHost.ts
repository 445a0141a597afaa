/** The host of a sweep's worker: nothing is shown, and the running trial's signal is the signal. */
import { type Host, host, hostInstalled, type RunningTrial } from "../../base/host.js";

export function workerHost(of: {
  readonly signal: () => AbortSignal;
  readonly trial: () => RunningTrial | undefined;
  readonly warned: (sentence: string) => void;
}): Host {
  const outer = hostInstalled() ? host() : undefined;
  return {
    kind: "worker",
    display: () => ({ update: () => {} }),
    sources: () => outer?.sources() ?? [],
    ...of,
  };
}
