/** Runs the suite once in a child process and collects what it says. */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { root, suiteBundle } from "./bundle.js";

/** What the child says, a line each. */
export type Line =
  | { readonly kind: "backend"; readonly name: string }
  | { readonly kind: "started"; readonly name: string }
  | { readonly kind: "done"; readonly name: string; readonly status: string; readonly message?: string }
  | { readonly kind: "finished"; readonly ops: number; readonly backend: string }
  | { readonly kind: "broken"; readonly message: string };

export interface SuiteResult {
  /** TensorFlow.js's backend when the specs were loaded, and when they ended. */
  readonly backends: readonly string[];
  /** Ops that libtensorflow executed. */
  readonly ops: number;
  readonly specs: readonly { readonly name: string; readonly status: string; readonly message?: string }[];
}

export interface SuiteOptions {
  /** Only specs whose name contains this. */
  readonly filter?: string;
  /** Names of specs that are not run. */
  readonly leftOut?: readonly string[];
  /** The name of a spec in which the process ends itself by a signal, to test the runner. */
  readonly crashIn?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * @throws Error that names the spec in which the process ended, if it ended early.
 */
export async function runSuite(options: SuiteOptions = {}): Promise<SuiteResult> {
  const bundle = await suiteBundle();
  const folder = workingFolder();
  try {
    return await collect(bundle, folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What tfjs-node's specs read relative to where they run. */
function workingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tfjs-suite-"));
  cpSync(join(import.meta.dirname, "fixtures", "test_objects"), join(folder, "test_objects"), {
    recursive: true,
  });
  const manifest = createRequire(import.meta.url).resolve("@tensorflow/tfjs-node-gpu/package.json");
  writeFileSync(join(folder, "package.json"), readFileSync(manifest));
  writeFileSync(join(folder, "binding.cjs"), "");
  return folder;
}

async function collect(bundle: string, folder: string, options: SuiteOptions): Promise<SuiteResult> {
  const native = join(root, "dist", "src", "native");
  const child = spawn(process.execPath, [bundle, native, JSON.stringify(options)], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    // Sooner than the test gives up, so that the spec it hangs in is named.
    timeout: 840_000,
    killSignal: "SIGKILL",
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", ...options.environment },
  });
  const ended = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    (stream as Readable).on("data", (text: Buffer) => {
      printed = (printed + text).slice(-2000);
    });
  const lines: Line[] = [];
  for await (const line of createInterface({ input: child.stdio[3] as Readable }))
    lines.push(JSON.parse(line) as Line);
  return resultOf(lines, `${await ended}\n${printed}`);
}

function resultOf(lines: readonly Line[], end: string): SuiteResult {
  const finished = lines.find((line) => line.kind === "finished");
  if (!finished) {
    const last = lines.findLast((line) => line.kind === "started" || line.kind === "broken");
    const where = last?.kind === "broken" ? last.message : `in the spec ${last?.name ?? "(none yet)"}`;
    throw new Error(`TensorFlow.js's specs ended early: ${where}\n${end}`);
  }
  const backends = lines.flatMap((line) => (line.kind === "backend" ? [line.name] : []));
  return {
    backends: [...backends, finished.backend],
    ops: finished.ops,
    specs: lines.filter((line) => line.kind === "done"),
  };
}
