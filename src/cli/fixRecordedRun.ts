/** Repeats a recorded training from the code that its run keeps, in a process of its own, for the doctor's fix. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type FixAnswer, type FixRequest, fixVariable, readAnswer } from "../fitFixing.js";
import { type RunRecord, readRunRecord } from "../track/index.js";
import { root } from "./checkout.js";
import { runNotebook } from "./runNotebook.js";

export interface FixRecordedOptions {
  readonly attempts?: number;
  /** Told what is tried, a line each. */
  readonly say: (line: string) => void;
}

/** @throws Error if the run keeps no code that can be executed, or its code trains nothing like it. */
export async function fixRecordedRun(dir: string, options: FixRecordedOptions): Promise<FixAnswer> {
  const record = readRunRecord(dir);
  const main = record.code.at(-1);
  if (main === undefined) throw new Error(`doctor --fix needs the run's code; "${record.name}" keeps none`);
  const folder = mkdtempSync(join(tmpdir(), "tunelab-fix-"));
  try {
    const request: FixRequest = {
      dir: resolve(dir),
      answer: join(folder, "answer.json"),
      ...(options.attempts !== undefined && { attempts: options.attempts }),
    };
    const env = { ...process.env, [fixVariable]: JSON.stringify(request) };
    const cwd = existsSync(record.workingDirectory) ? record.workingDirectory : process.cwd();
    const how: Execution = { dir, record, folder, env, cwd, say: options.say };
    const failure = await (isCell(main) ? executeCells(how) : executeProgram(how, main));
    const answer = readAnswer(request.answer);
    if (answer) return answer;
    throw new Error(
      `doctor --fix executed the code that "${record.name}" keeps, and it made no such training${failure === "" ? "" : `: ${failure}`}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Execution {
  readonly dir: string;
  readonly record: RunRecord;
  /** For what is made on the way. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly say: (line: string) => void;
}

const isCell = (file: string): boolean => /^cell-\d+\.ts$/.test(file);

const told = /^(?:tunelab: )?fix (.*)$/;

/** Resolves to the last line of what went wrong; empty if nothing did. */
async function executeProgram({ dir, env, cwd, say }: Execution, main: string): Promise<string> {
  const bin = join(root, "bin", "tunelab.mjs");
  const child = spawn(process.execPath, [bin, "run", join(resolve(dir), "code", main)], {
    env,
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let last = "";
  let rest = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n|\r/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, sentence] = told.exec(line) ?? [];
      if (sentence !== undefined) say(sentence);
      else if (/^\S*Error\b/.test(line)) last = line;
    }
  });
  await new Promise<void>((done, fail) => {
    child.once("error", fail);
    child.once("close", () => done());
  });
  return last;
}

/** Cells are executed in a notebook of their own; magics and shell lines, which train nothing, are left out. */
async function executeCells({ dir, record, folder, env, cwd, say }: Execution): Promise<string> {
  const cells = record.code.filter(isCell).flatMap((file) => {
    const source = readFileSync(join(dir, "code", file), "utf8");
    return /^\s*[%!]/.test(source) ? [] : [source];
  });
  const source = join(folder, "fix.ipynb");
  writeFileSync(source, JSON.stringify(notebook(cells)));
  const failure = await runNotebook({
    source,
    target: join(folder, "executed.ipynb"),
    cwd,
    env,
    onEvent(event) {
      if (event.event !== "output") return;
      for (const line of event.text.split("\n")) {
        const [, sentence] = told.exec(line) ?? [];
        if (sentence !== undefined) say(sentence);
      }
    },
  });
  return failure?.error ?? "";
}

function notebook(cells: readonly string[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "tunelab", display_name: "TypeScript (tunelab)", language: "typescript" },
    },
    cells: cells.map((source, i) => ({
      id: `cell-${i}`,
      cell_type: "code",
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
  };
}
