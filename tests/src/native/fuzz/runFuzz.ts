/** Makes the calls of a seed in child processes: where one ends, the next goes on behind the call that ended it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { build } from "esbuild";

/** What the child says, a line each. `executed`: ops that reached the binding since it said so last. */
export type Line =
  | { readonly kind: "number"; readonly number: number; readonly executed: number }
  | { readonly kind: "call"; readonly call: string }
  | { readonly kind: "end"; readonly as: "value" | "error" }
  | { readonly kind: "thrown"; readonly thrown: string }
  | { readonly kind: "finished"; readonly executed: number };

/** What is called: functions and ops, the same inside captured functions, or saved models. */
export type FuzzKind = "ops" | "capturedOps" | "savedModels";

export interface FuzzOptions {
  /** Default `ops`. */
  readonly kind?: FuzzKind;
  readonly seed: number;
  /** How many calls. */
  readonly total: number;
  /** The number of a call in which the child ends itself by a signal, to test the runner. */
  readonly crashIn?: number;
}

export interface FuzzResult {
  readonly values: number;
  readonly errors: number;
  /** Ops that reached the binding, but for those of calls that ended a process or had not ended. */
  readonly executed: number;
  /** Calls that ended the process: seed, number, signal, the call, what was printed. */
  readonly deaths: readonly string[];
  /** Calls that had not ended after a minute. */
  readonly endless: readonly string[];
  /** Calls that threw something else than an Error. */
  readonly thrown: readonly string[];
}

const root = resolve(import.meta.dirname, "../../../..");
/** Milliseconds; TensorFlow waits up to ten seconds for memory that is not there, for each op. */
const patience = 60_000;

export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-fuzz-"));
  try {
    const program = join(folder, "child.mjs");
    await build({
      entryPoints: [join(import.meta.dirname, "child.ts")],
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "error",
    });
    return await new Fuzz(program, options).run();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class Fuzz {
  readonly #program: string;
  readonly #options: FuzzOptions;
  readonly #result = {
    values: 0,
    errors: 0,
    executed: 0,
    deaths: [] as string[],
    endless: [] as string[],
    thrown: [] as string[],
  };
  /** The call that is being made, and what it has led to. */
  #number = 0;
  #calls: string[] = [];
  #isFinished = false;

  constructor(program: string, options: FuzzOptions) {
    this.#program = program;
    this.#options = options;
  }

  async run(): Promise<FuzzResult> {
    while (!this.#isFinished && this.#number < this.#options.total) await this.#runChild();
    return this.#result;
  }

  /** Until all calls are made, or one ends the process. */
  async #runChild(): Promise<void> {
    const from = this.#number;
    const child = this.#start();
    let isEndless = false;
    const giveUp = () => {
      isEndless = true;
      child.kill("SIGKILL");
    };
    let timer = setTimeout(giveUp, patience);
    let printed = "";
    child.stderr?.on("data", (text: Buffer) => {
      printed = (printed + text).slice(-1500);
    });
    const ended = new Promise<string>((done, failed) => {
      child.once("error", failed);
      child.once("close", (code, signal) => done(signal ?? `exit code ${code}`));
    });
    this.#calls = [];
    for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, patience);
      this.#take(JSON.parse(line) as Line);
    }
    clearTimeout(timer);
    const how = await ended;
    if (this.#isFinished) return;
    if (this.#calls.length === 0) throw new Error(`the fuzz ended before call ${from}: ${how}\n${printed}`);
    if (isEndless) this.#result.endless.push(this.#named());
    else this.#result.deaths.push(`${this.#named()}\n${how}\n${printed}`);
    this.#number++;
  }

  #start(): ChildProcess {
    const { kind = "ops", seed, total, crashIn = -1 } = this.#options;
    const folders = [join(root, "dist/src/native"), join(root, "tests/oracles/native")];
    const numbers = [seed, this.#number, total, crashIn].map(String);
    return spawn(process.execPath, [this.#program, ...folders, kind, ...numbers], {
      stdio: ["ignore", "ignore", "pipe", "pipe"],
      // Of what is too large for a gigabyte nothing else is learnt than that it is too large.
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2", TF_MKL_ALLOC_MAX_BYTES: String(2 ** 30) },
    });
  }

  #take(line: Line): void {
    if ("executed" in line) this.#result.executed += line.executed;
    if (line.kind === "number") {
      this.#number = line.number;
      this.#calls = [];
    } else if (line.kind === "call") this.#calls.push(line.call);
    else if (line.kind === "finished") this.#isFinished = true;
    else if (line.kind === "thrown") this.#result.thrown.push(`${this.#named()}: ${line.thrown}`);
    else if (line.as === "value") this.#result.values++;
    else this.#result.errors++;
  }

  #named(): string {
    return [`call ${this.#number} of seed ${this.#options.seed}:`, ...this.#calls].join("\n  ");
  }
}
