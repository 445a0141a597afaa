/** Repeats a recorded training from the code that its run keeps, in a process of its own, for the doctor's fix. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type FixFound,
  type FixRequest,
  fixVariable,
  placeAmongEqual,
  readAnswer,
  readMet,
} from "../fitFixing.js";
import { isFixCopy, type RunRecord, readRunRecord, type StoredCode, storedCode } from "../track/index.js";
import { withEndingSignals } from "./endingSignals.js";
import { type Execution, executeCells, executeProgram } from "./executeKept.js";
import { maskedLines, maskedWords } from "./maskedSecrets.js";

export interface FixRecordedOptions {
  readonly attempts?: number;
  /** Execute code that another machine recorded. */
  readonly trust?: boolean;
  /** Told what is executed and what is tried, a line each. */
  readonly say: (line: string) => void;
}

/**
 * @throws RangeError if the run is a copy that a fix made, if another machine recorded it, or if it names code outside its
 * folder, or if its record left out a secret of its command; Error if it keeps no code that can be executed, if its code trains nothing like it, or if the fix fails.
 */
export async function fixRecordedRun(
  given: string,
  options: FixRecordedOptions,
): Promise<{ readonly text: string; readonly fix: FixFound }> {
  const dir = resolve(given);
  const record = readRunRecord(dir);
  refuse(record, options.trust === true);
  const files = keptFiles(dir, record);
  const main = files.at(-1) as StoredCode;
  if (!isCell(main)) refuseMaskedWords(record);
  for (const file of files) sayMasked(file, options.say);
  const cwd = folderOf(record, options.say);
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  options.say(
    `executing ${count} of "${record.name}" (${record.id}) in ${cwd}: ${files.map(({ name }) => name).join(", ")}`,
  );
  const folder = mkdtempSync(join(tmpdir(), "tunelab-fix-"));
  const request: FixRequest = {
    dir,
    place: placeAmongEqual(dir),
    answer: join(folder, "answer.json"),
    met: join(folder, "met.txt"),
    beside: join(folder, "beside"),
    ...(options.attempts !== undefined && { attempts: options.attempts }),
  };
  const env = { ...process.env, [fixVariable]: JSON.stringify(request) };
  const [stop, interruption] = [new AbortController(), new AbortController()];
  const how: Execution = {
    folder,
    env,
    cwd,
    say: options.say,
    stop: stop.signal,
    interrupted: interruption.signal,
  };
  return withEndingSignals(
    // The first Ctrl-C asks for what was found so far.
    (signal) => (signal === "SIGINT" && !interruption.signal.aborted ? interruption : stop).abort(),
    async () => {
      // A process that goes on behind its answer is ended.
      const watch = setInterval(() => existsSync(request.answer) && stop.abort(), answerEvery);
      try {
        const failure = await (isCell(main)
          ? executeCells(files.filter(isCell).map(textOf), how)
          : executeProgram([main.file, ...record.command.slice(2)], how));
        const answer = readAnswer(request.answer);
        if (answer && "fix" in answer) return answer;
        if (answer) throw new Error(`doctor --fix: ${answer.failure}`);
        throw new Error(nothingMet(record, readMet(request.met), failure));
      } finally {
        clearInterval(watch);
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
}

/** Milliseconds. */
const answerEvery = 1_000;

function refuse({ id, name, parent, owner, ...record }: RunRecord, trust: boolean): void {
  if (isFixCopy({ name, ...(parent !== undefined && { parent }) }))
    throw new RangeError(
      `doctor --fix needs the run that is to be repaired; "${name}" (${id}) is a copy that a fix of ${parent} trained: tunelab doctor ${parent} --fix`,
    );
  if (record.code.length === 0) throw new Error(`doctor --fix needs the run's code; "${name}" keeps none`);
  if (owner.host !== hostname() && !trust)
    throw new RangeError(
      `doctor --fix executes code that this machine recorded; "${name}" (${id}) is of ${JSON.stringify(owner.host)}: look at its folder code, then give --trust`,
    );
}

/** @throws RangeError where the record has `***` in the place of a word's secret: nobody knows what the program was given. */
function refuseMaskedWords({ name, command }: RunRecord): void {
  const masked = maskedWords(command.slice(2));
  if (masked.length === 0) return;
  throw new RangeError(
    `doctor --fix needs the words that "${name}" was called with, and its record keeps no secrets: it has ${masked.join(", ")}. Let the program take them from the environment, or repair the training in the process that trains it, by run.fix()`,
  );
}

function sayMasked(file: StoredCode, say: (line: string) => void): void {
  const lines = maskedLines(textOf(file));
  if (lines.length > 0)
    say(
      `${file.name} has *** in the place of a secret that is not kept, in line${lines.length === 1 ? "" : "s"} ${lines.join(", ")}`,
    );
}

/** What is executed comes last. @throws RangeError for what is no file of the run, Error for one that is gone. */
function keptFiles(dir: string, { name, code }: RunRecord): StoredCode[] {
  return code.map((file) => {
    const found = storedCode(dir, file);
    if (!found) throw new Error(`doctor --fix needs the code of "${name}"; its file ${file} is gone`);
    return found;
  });
}

/** Where the run was made; another folder where that is gone, or is somebody else's. */
function folderOf({ workingDirectory }: RunRecord, say: (line: string) => void): string {
  const found = statSync(workingDirectory, { throwIfNoEntry: false });
  const own = process.getuid?.();
  if (found?.isDirectory() && (own === undefined || found.uid === own)) return workingDirectory;
  say(
    `${workingDirectory}, where the run was made, is ${found?.isDirectory() ? "somebody else's folder" : "not there"}: executing in this one`,
  );
  return process.cwd();
}

const isCell = ({ name }: StoredCode): boolean => /^cell-\d+\.ts$/.test(name);

function textOf({ file }: StoredCode): string {
  return readFileSync(file, "utf8");
}

/** Why no training was the asked one, with those that there were. */
function nothingMet({ name }: RunRecord, met: readonly string[], failure: string): string {
  const shown = met.slice(0, 5).join(", ");
  const others = met.length > 5 ? ` and ${met.length - 5} more` : "";
  const trainings = met.length === 0 ? "it trained nothing that is recorded" : `it trained ${shown}${others}`;
  const ended = failure === "" ? "" : `; it ended with ${failure}`;
  return `doctor --fix executed the code that "${name}" keeps, and it made no such training: ${trainings}${ended}`;
}
