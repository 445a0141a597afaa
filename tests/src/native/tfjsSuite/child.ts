/**
 * Runs TensorFlow.js's specs on our backend, in a process of its own, and writes what became of each as a line of JSON.
 * A spec is named before it starts, so that the last name is the culprit when native code ends the process.
 */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Line, SuiteOptions } from "./runSuite.js";

const [, , native, given] = process.argv as [string, string, string, string];
const { filter = "", leftOut = [], crashIn } = JSON.parse(given) as SuiteOptions;
const load = createRequire(__filename);

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { message: string; stack?: string }[];
}

interface Jasmine {
  /** Milliseconds that a spec may take. */
  DEFAULT_TIMEOUT_INTERVAL: number;
  getEnv(): {
    configure(options: object): void;
    addReporter(reporter: object): void;
    execute(): Promise<unknown>;
  };
}

interface Native {
  readonly tf: {
    getBackend(): string;
    zeros(shape: number[]): { add(value: number): { dataSync(): unknown } };
  };
}

interface Ops {
  execute(call: object): unknown[];
}

const say = (line: Line) => writeSync(3, `${JSON.stringify(line)}\n`);

main().catch((error: unknown) => {
  say({ kind: "broken", message: String((error as Error).stack ?? error) });
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const jasmineRequire = load("jasmine-core");
  const jasmine = jasmineRequire.boot(jasmineRequire) as Jasmine;
  jasmine.DEFAULT_TIMEOUT_INTERVAL = 60_000;
  // Before our library: it replaces some of the gradients that these register.
  require("@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops");
  require("@tensorflow/tfjs-core/dist/register_all_gradients");
  const { tf } = (await import(pathToFileURL(join(native, "index.js")).href)) as Native;
  const { binding } = (await import(pathToFileURL(join(native, "binding.js")).href)) as {
    binding: Ops;
  };
  // Without the library every spec would look for it again.
  tf.zeros([1]).add(1).dataSync();
  const executed = countOps(binding);
  const backendName = tf.getBackend();
  if (backendName === "tensorflow") offerBinding(binding);
  const { setTestEnvs } = require("@tensorflow/tfjs-core/dist/jasmine_util");
  setTestEnvs([{ name: `test-${backendName}`, backendName, flags: {}, isDataSync: true }]);
  // Where the backend cannot be made, TensorFlow.js only logs that, and computes in JavaScript.
  say({ kind: "backend", name: tf.getBackend() });
  require("@tensorflow/tfjs-core/dist/tests");
  // tfjs-node's are of what only TensorFlow's library has.
  if (backendName === "tensorflow") require("tfjs-node-specs");
  const env = jasmine.getEnv();
  env.configure({
    random: false,
    specFilter: (spec: { getFullName(): string }) => isWanted(spec.getFullName()),
  });
  env.addReporter({
    specStarted: ({ fullName }: SpecResult) => {
      say({ kind: "started", name: fullName });
      if (fullName === crashIn) process.kill(process.pid, "SIGSEGV");
    },
    specDone: (result: SpecResult) => say(done(result)),
  });
  await env.execute();
  say({ kind: "finished", ops: executed(), backend: tf.getBackend() });
}

function isWanted(name: string): boolean {
  return name.includes(filter) && !leftOut.includes(name);
}

function done({ fullName, status, failedExpectations }: SpecResult): Line {
  const [first] = failedExpectations;
  return { kind: "done", name: fullName, status, ...(first && { message: first.message }) };
}

/** Counts what really reaches libtensorflow. */
function countOps(binding: Ops): () => number {
  let executed = 0;
  const execute = binding.execute.bind(binding);
  binding.execute = (call) => {
    executed++;
    return execute(call);
  };
  return () => executed;
}

/** tfjs-node's index looks for its compiled addon: here it finds our binding. */
function offerBinding(binding: object): void {
  const finder = createRequire(load.resolve("@tensorflow/tfjs-node-gpu/package.json")).resolve(
    "@mapbox/node-pre-gyp",
  );
  const file = join(process.cwd(), "binding.cjs");
  provide(finder, { find: () => file });
  provide(file, binding);
  // Its index would register the routes of file:// once more.
  const files = load("@tensorflow/tfjs-node-gpu/dist/io/file_system") as { nodeFileSystemRouter: unknown };
  const router = files.nodeFileSystemRouter;
  files.nodeFileSystemRouter = () => null;
  load("@tensorflow/tfjs-node-gpu");
  files.nodeFileSystemRouter = router;
}

function provide(file: string, exports: object): void {
  load.cache[file] = { id: file, filename: file, loaded: true, exports, children: [], paths: [] } as never;
}
