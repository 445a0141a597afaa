/** The host of a sweep's worker: nothing is shown, and the running trial's signal is the signal. */
import { type Host, host, hostInstalled } from "../../base/host.js";

export function workerHost(signal: () => AbortSignal): Host {
  const outer = hostInstalled() ? host() : undefined;
  return {
    kind: "worker",
    display: () => ({ update: () => {} }),
    signal,
    sources: () => outer?.sources() ?? [],
  };
}
