/** What a client is told of a cell that did not run to its end for a reason that is not the cell's. */
import { bold } from "../language/bold.js";
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

/** Most names told: a person reads no more. */
const mostNames = 20;

/** What a session takes with it, by name. */
export interface Losses {
  readonly variables: readonly string[];
  /** Runs of the library's that had not ended. */
  readonly runs: readonly string[];
}

/** The session died. `how` is its exit code or signal. */
export function sessionLost(how: string, { variables, runs }: Losses): ErrorReport {
  const told = [`the session ended (${how})`];
  if (variables.length > 0) told.push(`: its variables are lost (${listed(variables)})`);
  if (runs.length > 0) told.push(`; cut short: run ${listed(runs)}`);
  return sessionEnded(`${told.join("")}. A new session is ready; run the cells you need again.`);
}

/** Names for a sentence. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(", ");
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
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
  return { ename: "SessionEnded", evalue, traceback: [`${bold("SessionEnded")}: ${evalue}`] };
}
