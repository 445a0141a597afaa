/** What a client is told of a cell that did not run to its end for a reason that is not the cell's. */
import type { ErrorReport } from "../session/protocol.js";

/** An interrupt came before the session had the cell. */
export const interrupted: ErrorReport = {
  ename: "KeyboardInterrupt",
  evalue: "the cell was interrupted",
  traceback: ["KeyboardInterrupt: the cell was interrupted before it ran"],
};

/** The cell waited behind one that failed. */
export const aborted: ErrorReport = {
  ename: "Aborted",
  evalue: "an earlier cell failed",
  traceback: [],
};

/** The session died. `how` is its exit code or signal. */
export function sessionLost(how: string): ErrorReport {
  return sessionEnded(
    `the session ended (${how}): its variables are lost. A new session is ready; run the cells you need again.`,
  );
}

/** The session died before it was ready. */
export function sessionNotStarted(how: string): ErrorReport {
  return sessionEnded(
    `the session did not start (${how}); the next cell tries again. What it said is above, or in Jupyter's log.`,
  );
}

/** A fault of the kernel's own. */
export function kernelFault(error: unknown): ErrorReport {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { ename: "KernelError", evalue: String(error), traceback: text.split("\n") };
}

function sessionEnded(evalue: string): ErrorReport {
  return { ename: "SessionEnded", evalue, traceback: [`\u001b[31mSessionEnded\u001b[39m: ${evalue}`] };
}
