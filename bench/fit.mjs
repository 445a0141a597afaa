// How long an epoch of MNIST takes through `fit`, with validation, a tracked run and progress, against PyTorch (tensors
// in memory, and a DataLoader) and Keras' fit. MLP 784-256-10, batch 64, Adam; a new model each time, its capture and
// compilation included. `--peers ours`: only these. `--short`: one round.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chosen } from "./shared/chosen.mjs";
import { Peer } from "./shared/peer.mjs";
import { machine, median, result, spread, table } from "./shared/report.mjs";

const rounds = process.argv.includes("--short") ? 1 : 7;
const python = fileURLToPath(new URL("../.venv-bench/bin/python", import.meta.url));
const file = (name) => fileURLToPath(new URL(`./fit/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tunelab-bench-fit-"));
const programs = {
  ours: [process.execPath, file("ours.mjs"), folder],
  memory1: [python, file("pytorch.py"), folder, "memory", "1"],
  memory2: [python, file("pytorch.py"), folder, "memory", "2"],
  loader1: [python, file("pytorch.py"), folder, "loader", "1"],
  loader2: [python, file("pytorch.py"), folder, "loader", "2"],
  keras: [python, file("keras_fit.py"), folder],
};
const names = chosen("peers", Object.keys(programs)) ?? Object.keys(programs);
if (!existsSync(python) && names.some((name) => name !== "ours")) {
  console.error("bench fit needs its peers: run `npm run bench:setup` first, or give --peers ours.");
  process.exit(1);
}

try {
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run() {
  console.log(`fit: ${machine()}`);
  execFileSync(process.execPath, [file("exportMnist.mjs"), folder]);
  const env = { TF_CPP_MIN_LOG_LEVEL: "3", ABSL_MIN_LOG_LEVEL: "3" };
  const peers = names.map((name) => {
    const [command, ...parameters] = programs[name];
    return new Peer({ name, command, parameters, env });
  });
  for (const peer of peers) console.log(`  ${peer.name}: ${(await peer.ready()).versions}`);
  const seconds = Object.fromEntries(names.map((name) => [name, []]));
  const accuracy = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++)
    for (const peer of peers) {
      const answer = await peer.ask({ seed: round + 1 });
      if (round < 0) continue; // Warm-up: libraries are loaded.
      seconds[peer.name].push(answer.seconds);
      accuracy[peer.name].push(answer.accuracy);
    }
  for (const peer of peers) peer.end();

  table([
    ["an epoch of MNIST (median ± half the quartile distance)", "seconds", "validation accuracy"],
    ...names.map((name) => [
      name,
      `${median(seconds[name]).toFixed(2)} ± ${(100 * spread(seconds[name])).toFixed(0)} %`,
      `${(100 * median(accuracy[name])).toFixed(1)} %`,
    ]),
  ]);
  const of = (...programNames) => {
    const times = programNames.filter((name) => seconds[name]).map((name) => median(seconds[name]));
    return times.length > 0 ? Math.min(...times) : undefined;
  };
  const peersSeconds = {
    pytorchMemory: of("memory1", "memory2"),
    pytorchLoader: of("loader1", "loader2"),
    kerasFit: of("keras"),
  };
  const known = Object.entries(peersSeconds).filter(([, time]) => time !== undefined);
  const against = Object.fromEntries(known.map(([name, time]) => [name, of("ours") / time]));
  for (const [name, ratio] of Object.entries(against)) console.log(`ours / ${name}: ${ratio.toFixed(2)}`);
  const best = Math.min(...known.map(([, time]) => time));
  result({
    bench: "fit",
    ours: { mnistEpoch: of("ours") },
    peers: Object.fromEntries(known.map(([name, time]) => [name, { mnistEpoch: time }])),
    ratio: known.length > 0 ? { mnistEpoch: of("ours") / best } : {},
    against,
  });
}
