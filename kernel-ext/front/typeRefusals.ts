/** Why a cell does not run although it compiles: its types are wrong, or take too long to check. */
import { bold } from "../language/bold.js";
import { type Diagnostic, formatDiagnostics } from "../language/diagnostics.js";
import type { LateAnswer } from "../language/serverProcess.js";
import type { ErrorReport } from "../session/protocol.js";

export function lateRefusal({ limit }: LateAnswer): ErrorReport {
  return refusalOf(
    `the types of this cell took longer than ${limit / 1000} s to check, so it did not run; simplify them, or run it with %typecheck off`,
  );
}

export function refusalOf(evalue: string): ErrorReport {
  return { ename: "TypeScriptError", evalue, traceback: [`${bold("TypeScriptError")}: ${evalue}`] };
}

/** @param errors At least one. */
export function typeRefusal(errors: readonly Diagnostic[], cell: number, source: string): ErrorReport {
  const first = errors[0] as Diagnostic;
  const code = first.code === 0 ? "" : `TS${first.code}, `;
  return {
    ename: "TypeScriptError",
    evalue: `${first.message.split("\n")[0]} (${code}line ${first.line})`,
    traceback: formatDiagnostics(errors, { cell, source, mark: bold }).split("\n"),
  };
}
