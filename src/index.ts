/** tunelab's one public entry. It exports only what works. */
import { host, hostInstalled, installHost } from "./base/host.js";
import { terminalHost } from "./base/terminalHost.js";

if (!hostInstalled()) installHost(terminalHost());

export { Interrupted, TrialPruned } from "./base/errors.js";
export type { Host, MimeBundle, Shown, SourceText } from "./base/host.js";
export { host, installHost };
