// What recording costs: points a second through `log`, beside tensorboardX and wandb offline; reading ten million points
// and what was added, beside TensorBoard's data server on the same files; 32 processes; what histograms of every layer
// add to a step. `--parts write,read`: only these; `--peers ours`: no others. `--short`: a tenth of it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chosen } from "./shared/chosen.mjs";
import { Peer } from "./shared/peer.mjs";
import { machine, median, result, spread, table } from "./shared/report.mjs";
import { loadByDataServer } from "./tracker/dataServer.mjs";
import { measureOverhead } from "./tracker/overhead.mjs";
import { manyProcesses } from "./tracker/processes.mjs";

const short = process.argv.includes("--short");
const parts = chosen("parts", ["write", "read", "processes", "overhead"]) ?? [
  "write",
  "read",
  "processes",
  "overhead",
];
const peers = chosen("peers", ["ours", "tensorboardX", "wandb", "tensorboard"]) ?? [
  "ours",
  "tensorboardX",
  "wandb",
  "tensorboard",
];
const python = fileURLToPath(new URL("../.venv-bench/bin/python", import.meta.url));
const file = (name) => fileURLToPath(new URL(`./tracker/${name}`, import.meta.url));
if (!existsSync(python) && peers.some((name) => name !== "ours")) {
  console.error("bench tracker needs its peers: run `npm run bench:setup` first, or give --peers ours.");
  process.exit(1);
}

console.log(`tracker: ${machine()}, load ${loadavg()[0].toFixed(1)}`);
const ours = {};
const others = {};
const ratio = {};
if (parts.includes("write")) await write();
if (parts.includes("read")) await read();
if (parts.includes("processes")) await processes();
if (parts.includes("overhead")) await overhead();
console.log(`load at the end: ${loadavg()[0].toFixed(1)}`);
result({ bench: "tracker", ours, peers: others, ratio });

/** Points a second, the median of rounds in which all take turns. */
async function write() {
  const programs = {
    ours: { command: process.execPath, parameters: [file("write.mjs")], calls: 200_000 },
    tensorboardX: { command: python, parameters: [file("tensorboard_x.py")], calls: 5000 },
    wandb: { command: python, parameters: [file("wandb_offline.py")], calls: 1500 },
  };
  const writers = Object.keys(programs).filter((name) => peers.includes(name));
  const started = writers.map((name) => ({
    name,
    ...programs[name],
    peer: new Peer({ name, ...programs[name] }),
  }));
  for (const { name, peer } of started) console.log(`  ${name}: ${(await peer.ready()).versions}`);
  const rates = Object.fromEntries(writers.map((name) => [name, { 1: [], 4: [] }]));
  for (let round = 0; round < (short ? 3 : 9); round++)
    for (const values of [1, 4])
      for (const { name, peer, calls } of started) {
        const count = short ? calls / 10 : calls;
        const { milliseconds } = await peer.ask({ values, calls: count });
        rates[name][values].push((count * values) / (milliseconds / 1000));
      }
  for (const { peer } of started) peer.end();
  const shown = (of) =>
    `${Math.round(median(of)).toLocaleString("en-US")} ± ${(100 * spread(of)).toFixed(0)} %`;
  table([
    ["values a second", "1 a call", "4 a call"],
    ...writers.map((name) => [name, shown(rates[name][1]), shown(rates[name][4])]),
  ]);
  const of = (name) => ({ write: median(rates[name][1]), write4: median(rates[name][4]) });
  if (rates.ours) Object.assign(ours, of("ours"));
  const foreign = writers.filter((name) => name !== "ours");
  for (const name of foreign) others[name] = of(name);
  if (rates.ours && foreign.length > 0) {
    ratio.write = Math.max(...foreign.map((name) => others[name].write)) / ours.write;
    ratio.write4 = Math.max(...foreign.map((name) => others[name].write4)) / ours.write4;
  }
}

/** Seconds until all points are there; the files were just written, so they come from the system's memory for all. */
async function read() {
  const dir = mkdtempSync(join(tmpdir(), "tunelab-bench-"));
  try {
    const [runs, points] = short ? [20, 10_000] : [100, 100_000];
    execFileSync(process.execPath, [file("runs.mjs"), dir, String(runs), String(points)]);
    const rounds = [];
    const servers = { sampled: [], everyPoint: [] };
    for (let round = 0; round < (short ? 2 : 5); round++) {
      rounds.push(
        JSON.parse(
          execFileSync(process.execPath, ["--expose-gc", file("read.mjs"), dir], { encoding: "utf8" }),
        ),
      );
      if (!peers.includes("tensorboard")) continue;
      servers.sampled.push(await loadByDataServer({ python, folder: dir, everyPoint: false }));
      servers.everyPoint.push(await loadByDataServer({ python, folder: dir, everyPoint: true }));
    }
    const wrong = rounds.find((round) => round.points !== runs * points || round.problems > 0);
    if (wrong)
      throw new Error(
        `of ${runs * points} points ${wrong.points} were read, with ${wrong.problems} problems`,
      );
    const of = (key) => median(rounds.map((round) => round[key]));
    Object.assign(ours, {
      read: of("seconds"),
      readCpu: of("cpuSeconds"),
      bytesPerPoint: of("bytesPerPoint"),
      refresh: of("refresh"),
    });
    const shown = (seconds) => `${median(seconds).toFixed(2)} ± ${(100 * spread(seconds)).toFixed(0)} %`;
    const servedBy = servers.sampled.length > 0;
    const loads = (kind) => servers[kind].map(({ load }) => load);
    table([
      [`${runs} runs, ${(runs * points).toLocaleString("en-US")} points`, "seconds"],
      ["ours, every point", shown(rounds.map(({ seconds }) => seconds))],
      ["  of which the processor's", of("cpuSeconds").toFixed(2)],
      ...(servedBy
        ? [
            ["TensorBoard's data server, sampled", shown(loads("sampled"))],
            ["TensorBoard's data server, every point", shown(loads("everyPoint"))],
          ]
        : []),
    ]);
    console.log(
      `bytes of memory a point: ${ours.bytesPerPoint.toFixed(1)}; what was added to 100 runs of 50 series: ${ours.refresh.toFixed(1)} ms`,
    );
    if (!servedBy) return;
    others.tensorboard = {
      read: median(loads("sampled")),
      readEveryPoint: median(loads("everyPoint")),
      refresh: 1000 * median(servers.sampled.map(({ again }) => again)),
    };
    ratio.read = ours.read / Math.min(others.tensorboard.read, others.tensorboard.readEveryPoint);
    ratio.refresh = ours.refresh / others.tensorboard.refresh;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function processes() {
  const count = short ? 8 : 32;
  const { perSecond, lost } = await manyProcesses({ count, points: short ? 2000 : 20_000 });
  console.log(
    `${count} processes: ${Math.round(perSecond).toLocaleString("en-US")} values a second together, ${lost} lost`,
  );
  if (lost !== 0) throw new Error(`${lost} points of ${count} processes were lost`);
  Object.assign(ours, { processes: perSecond, processesLost: lost });
}

/** Shares of a step, 0.05 for 5 %. */
async function overhead() {
  const measured = await measureOverhead({ short });
  const kinds = ["default", "every10", "every10Exact"];
  const percent = ({ clock, processor }) =>
    `${(100 * clock).toFixed(1)} %, ${(100 * processor).toFixed(1)} % of the processor's time`;
  table([
    ["what recording adds to a step", ...Object.keys(measured)],
    ["milliseconds of a step, not recorded", ...Object.values(measured).map(({ plain }) => plain.toFixed(2))],
    ...kinds.map((kind) => [kind, ...Object.values(measured).map((model) => percent(model[kind]))]),
  ]);
  ours.overhead = measured;
  // Ahead while the default stays within a twentieth of a step.
  ratio.overhead = Math.max(...Object.values(measured).map((model) => model.default.clock)) / 0.05;
}
