/** A training in a notebook's cells, repaired by the code that its run keeps, through a real kernel. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeNotebook } from "./notebook.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-fix-cells-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bin = join(import.meta.dirname, "../../bin/tunelab.mjs");
const runs = join(folder, "runs");

const tunelab = (...words: string[]) =>
  spawnSync(process.execPath, [bin, ...words], {
    cwd: folder,
    env: { ...process.env, TUNELAB_RUNS: runs },
    encoding: "utf8",
    timeout: 600_000,
  });

test("cells are executed once more, those under a magic too, up to the training that is asked for", () => {
  const source = join(folder, "deep.ipynb");
  writeNotebook(source, [
    `%env DEPTH=8
import { data, fit, models, sgd } from "tunelab";
const circle = data.circle({ samples: 400, factor: 0.5, noise: 0.1, validation: 100, seed: 3 });
const net = (depth: number) => models.mlp({ inputShape: [2], hidden: Array(depth).fill(16), classes: 2, activation: "sigmoid" });
const train = (depth: number, seed: number) => fit(net(depth), circle, {
  optimizer: sgd({ learningRate: 0.02, momentum: 0.9 }), epochs: 6, batchSize: 32, seed, progress: false, track: { name: "deep", system: false } });`,
    "!touch again",
    "%time await train(1, 1)",
    `%%time
try { await train(Number(process.env.DEPTH), 2); } catch {}
await train(2, 3);`,
  ]);
  const first = tunelab("run", source, "-o", join(folder, "out.ipynb"));
  expect([first.status, first.stderr]).toEqual([0, ""]);
  const recorded = () =>
    readdirSync(runs).map((name) => JSON.parse(readFileSync(join(runs, name, "run.json"), "utf8")));
  const before = recorded();
  expect(before).toHaveLength(3);
  rmSync(join(folder, "again"));
  const { id } = before.find(({ seed }) => seed === 2);
  const { status, stdout, stderr } = tunelab("doctor", id, "--fix", "--attempts", "1", "--json");
  expect([status, stderr]).toEqual([0, expect.stringContaining("1 of at most 1: ")]);
  expect(JSON.parse(stdout).before.dir).toContain(id);
  const copies = recorded().filter((run) => !before.some((one) => one.id === run.id));
  expect(copies).toMatchObject([{ name: "fix-1", parent: id, seed: 2 }]);
  expect(readdirSync(folder)).not.toContain("again");
}, 900_000);
