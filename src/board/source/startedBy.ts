/** How a run was started, as a person knows it: what they typed, or the cell of their notebook. */
import type { RunRecord } from "../../track/runRecord.js";

export type StartFacts = Pick<RunRecord, "command" | "typed" | "code" | "workingDirectory" | "group">;

const cell = /^cell-(\d+)\.ts$/;
/** What this library's kernel and sweeps start, which nobody types. */
const ownProgram = /[\\/](?:kernel-ext[\\/]session|sweep[\\/]engines)[\\/](main|worker)\.[jt]s$/;

/** Undefined where the record does not say it. A file below the folder in which it was started is told from there. */
export function startedBy(facts: Partial<StartFacts>): string | undefined {
  const { command = [], typed, code = [], workingDirectory = "", group } = facts;
  const [, number] = cell.exec(code.at(-1) ?? "") ?? [];
  if (number !== undefined) return `cell ${number} of a notebook`;
  if (typed) return written(typed);
  const [program = "", file, ...words] = command;
  const [, own] = ownProgram.exec(file ?? "") ?? [];
  if (own === "main") return "a notebook";
  if (own === "worker") return group === undefined ? "a sweep" : `the sweep ${group}`;
  if (file === undefined) return program === "" ? undefined : written([lastPart(program)]);
  return written([lastPart(program), below(file, workingDirectory), ...words]);
}

function written(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(" ");
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function below(file: string, folder: string): string {
  return folder !== "" && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
}
