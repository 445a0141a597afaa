// What a cell costs: our kernel against tslab, ipykernel and Deno, through one Jupyter client, in turn.
// Ours and tslab check types (ours in `strict`; `warn` is measured apart); Deno and ipykernel do not.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { kernelSpec } from "../dist/kernel-ext/kernelspec/installKernelSpec.js";
import { machine, median, result, spread, table } from "./shared/report.mjs";

const short = process.argv.includes("--short");
const rounds = short ? 2 : 7;
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const python = path(".venv-bench/bin/python");
const deno = path(".venv-bench/node/node_modules/.bin/deno");
const connection = "{connection_file}";
if (!existsSync(python)) {
  console.error("bench kernel needs its peers: run `npm run bench:setup` first.");
  process.exit(1);
}

const repeat = {
  trivial: short ? 20 : 60,
  declaring: short ? 20 : 60,
  tfjs: short ? 5 : 15,
  complete: short ? 5 : 20,
  prints: 3,
};
const fillTo = 200;
/** What completes a tensor's members; without types there is a number only. */
const complete = "const first{i} = 1;\ntf.tensor1d([1]).ar";
const typescript = {
  trivial: "1 + 1",
  declaring: "const declared{i}: number = {i};",
  firstTfjs: 'import * as tf from "@tensorflow/tfjs";',
  tfjs: "const tensor{i} = tf.tensor1d([1, 2, 3]).add({i}); tensor{i}.shape",
  prints: "for (let i = 0; i < 10000; i++) console.log(i)",
};
const { argv } = kernelSpec();
const kernels = {
  ours: {
    argv,
    cells: typescript,
    repeat,
    fillTo,
    complete,
    parts: { session: "session/main.js", languageServer: "--lsp" },
    grow: short ? 250 : 1000,
  },
  oursWarn: {
    argv,
    before: "%typecheck warn",
    cells: typescript,
    repeat,
    fillTo,
    complete,
  },
  tslab: {
    argv: [process.execPath, path("node_modules/tslab/bin/tslab"), "kernel", "--config-path", connection],
    cells: typescript,
    repeat,
    complete,
    // Two hundred cells take it half a minute.
    ...(!short && { fillTo }),
  },
  ipykernel: {
    argv: [python, "-m", "ipykernel_launcher", "-f", connection],
    cells: {
      trivial: "1 + 1",
      declaring: "declared{i} = {i}",
      prints: "for i in range(10000): print(i)",
    },
    repeat,
    fillTo,
    complete: "first{i} = 1\nstr.cap",
  },
  ...(existsSync(deno) && {
    deno: { argv: [deno, "jupyter", "--kernel", "--conn", connection], cells: typescript, repeat, fillTo },
  }),
};

console.log(`kernel: ${machine()}`);
console.log(`  ${versions()}`);
const measured = await measure();

const keys = ["start", "trivial", "declaring", "at200", "firstTfjs", "tfjs", "complete", "prints", "rss"];
const numbers = Object.fromEntries(
  Object.keys(kernels).map((name) => [
    name,
    Object.fromEntries(keys.map((key) => [key, summary(name, key)])),
  ]),
);
report();

const ours = {
  ...numbers.ours,
  printsLost: lost("ours"),
  trivialWarn: numbers.oursWarn.trivial,
  declaringWarn: numbers.oursWarn.declaring,
  at200Warn: numbers.oursWarn.at200,
  trivialP95: percentile("ours", "trivial", 0.95),
  trivialWarnP95: percentile("oursWarn", "trivial", 0.95),
  declaringP95: percentile("ours", "declaring", 0.95),
  at200P95: percentile("ours", "around200", 0.95),
  at200Worst: percentile("ours", "around200", 1),
  rssParts: parts("ours"),
  growth: all("ours", "growth")[0] ?? null,
};
const { tslab, ipykernel } = numbers;
const ratio = {};
for (const key of ["start", "trivial", "declaring", "tfjs", "prints", "rss"]) {
  const others = [tslab, ipykernel].map((peer) => peer[key]).filter((value) => value !== null);
  ratio[key] = ours[key] === null || others.length === 0 ? null : ours[key] / Math.min(...others);
}
const peers = Object.fromEntries(
  Object.keys(kernels)
    .filter((name) => !name.startsWith("ours"))
    .map((name) => [name, { ...numbers[name], printsLost: lost(name) }]),
);
result({ bench: "kernel", ours, peers, ratio });

/** Rounds of every kernel: name → what each round measured. */
async function measure() {
  const all = new Map(Object.keys(kernels).map((name) => [name, []]));
  const child = spawn(python, [path("bench/kernel/measure.py"), String(rounds)], {
    cwd: path("."),
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(kernels));
  for await (const line of createInterface({ input: child.stdout })) {
    const { kernel, round, failed, ...rest } = JSON.parse(line);
    if (failed !== undefined) console.error(`  ${kernel}, round ${round + 1}: ${failed}`);
    all.get(kernel).push(rest);
  }
  return all;
}

/** Median over all rounds: seconds for start, bytes for rss, milliseconds otherwise; null where nothing was measured. */
function summary(name, key) {
  const values = all(name, key);
  return values.length === 0 ? null : median(values);
}

function all(name, key) {
  return measured.get(name).flatMap((round) => round[key] ?? []);
}

function percentile(name, key, share) {
  const values = all(name, key).sort((a, b) => a - b);
  return values[Math.floor(share * (values.length - 1))] ?? null;
}

/** Median bytes of each process: the front, the session, the type checker. */
function parts(name) {
  const rounds = measured.get(name).flatMap((round) => round.parts ?? []);
  const names = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(names.map((part) => [part, median(rounds.map((round) => round[part] ?? 0))]));
}

/** Most prints of 10,000 that a round lost; null when a round never ended. */
function lost(name) {
  const rounds = measured.get(name).filter((round) => "printsLost" in round);
  const values = rounds.map(({ printsLost }) => printsLost);
  return values.length === 0 || values.includes(null) ? null : Math.max(...values);
}

function report() {
  const scale = { start: ["s", 1, 2], rss: ["MB", 1e-6, 0] };
  const cell = (name, key) => {
    const value = numbers[name][key];
    if (value === null) return "-";
    const [, factor, digits] = scale[key] ?? ["ms", 1, 1];
    return `${(value * factor).toFixed(digits)} ± ${(100 * spread(all(name, key))).toFixed(0)} %`;
  };
  table([
    [
      "median ± half the quartile distance",
      ...keys.map((key) => `${key} (${(scale[key] ?? ["ms"])[0]})`),
      "lost of 10,000",
    ],
    ...Object.keys(kernels).map((name) => [
      name,
      ...keys.map((key) => cell(name, key)),
      lost(name) ?? "never ended",
    ]),
  ]);
  const p95 = (kind) =>
    ["ours", "oursWarn"].map((name) => (percentile(name, kind, 0.95) ?? Number.NaN).toFixed(1)).join(" / ");
  console.log(
    `p95 of ours, strict / warn (ms): trivial ${p95("trivial")}, declaring ${p95("declaring")}, 101 cells around the ${fillTo}th ${p95("around200")}`,
  );
  const megabytes = Object.entries(parts("ours")).map(
    ([part, bytes]) => `${part} ${(bytes / 1e6).toFixed(0)}`,
  );
  const [growth] = all("ours", "growth");
  console.log(
    `RSS of ours (MB): ${megabytes.join(", ")}; after ${kernels.ours.grow} cells ${growth ? `${growth.toFixed(2)} times` : "not known against"} that after ${kernels.ours.grow / 5}`,
  );
}

function versions() {
  const version = (name) => JSON.parse(readFileSync(path(`${name}/package.json`), "utf8")).version;
  const denoVersion = existsSync(deno)
    ? `, deno ${version(".venv-bench/node/node_modules/deno")}`
    : ", no deno";
  return `tslab ${version("node_modules/tslab")}, TypeScript ${version("node_modules/typescript")}${denoVersion}; ipykernel as pinned in locks/bench.in`;
}
