/** `tunelab export`, as a person runs it. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { track } from "../../../src/track/index.js";

const bin = join(import.meta.dirname, "../../../bin/tunelab.mjs");
const dir = mkdtempSync(join(tmpdir(), "tunelab-export-verb-"));

beforeAll(async () => {
  installHost(terminalHost());
  const run = track({ name: "mlp", dir: join(dir, "runs") });
  run.log({ "epoch/loss": 0.5, "train/loss": 1 / 3 }, 1);
  await run.finish();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function tunelab(...words: string[]) {
  return spawnSync(process.execPath, [bin, ...words], {
    encoding: "utf8",
    cwd: dir,
    env: { ...process.env, TUNELAB_RUNS: join(dir, "runs") },
  });
}

it("writes CSV and JSON to standard output, and to a file that it names", () => {
  const { stdout, status } = tunelab("export", "mlp", "--to", "csv", "--tags", "^train/");
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^run,id,tag,step,wallTime,value\r\nmlp,\w{8},train\/loss,1,[\d.]+,0\.3333333333333333\r\n$/,
  );
  const wide = tunelab("export", "mlp", "--to", "csv", "--wide").stdout;
  expect(wide).toMatch(
    /^run,id,step,wallTime,epoch\/loss,train\/loss\r\nmlp,\w{8},1,[\d.]+,0\.5,0\.3333333333333333\r\n$/,
  );
  expect(JSON.parse(tunelab("export", "m*", "--to", "json").stdout)).toMatchObject({
    runs: [{ name: "mlp" }],
  });
  const file = tunelab("export", "mlp", "--to", "csv", "--wide", "--out", "a/b.csv");
  expect(file.stdout).toBe(`${join(dir, "a/b.csv")}\n`);
  expect(readFileSync(join(dir, "a/b.csv"), "utf8")).toBe(wide);
  expect(tunelab("export", "mlp", "--to", "parquet", "--out", "b.parquet").status).toBe(0);
  expect(readFileSync(join(dir, "b.parquet")).subarray(0, 4).toString()).toBe("PAR1");
});

it("says what it needs", () => {
  const refused = (...words: string[]) => {
    const { status, stderr } = tunelab("export", ...words);
    return [status, stderr.trim()];
  };
  const formats = "csv, json, parquet, tensorboard, wandb";
  expect(refused()).toEqual([2, "tunelab export takes RUN…; nothing was given"]);
  expect(refused("mlp")).toEqual([2, `tunelab export needs --to ${formats}`]);
  expect(refused("mlp", "--to", "cvs")).toEqual([
    2,
    `export runs: the format must be ${formats}; got "cvs", the nearest is csv`,
  ]);
  expect(refused("mlp", "--to", "parquet")).toEqual([2, "tunelab export --to parquet needs --out PATH"]);
  expect(refused("mlp", "--to", "csv", "--tags", "(")[0]).toBe(2);
  expect(refused("mpl", "--to", "csv")).toEqual([1, expect.stringContaining('the nearest are "mlp"')]);
  expect(refused("mlp", "--to", "wandb", "--out", "w", "--python", "no-such-python")).toEqual([
    1,
    expect.stringMatching(
      /^export runs to wandb: no-such-python must be a Python that has the package wandb, but .*ENOENT/,
    ),
  ]);
  expect(readdirSync(dir)).not.toContain("wandb");
});

it.skipIf(process.platform !== "linux")("says in a sentence that what it prints cannot be written", () => {
  const full = openSync("/dev/full", "w");
  try {
    const words = [bin, "export", "mlp", "--to", "csv", "--dir", join(dir, "runs")];
    const { status, stderr } = spawnSync(process.execPath, words, {
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    expect(stderr).toBe("What tunelab prints cannot be written: ENOSPC: no space left on device, write\n");
    expect(status).toBe(1);
  } finally {
    closeSync(full);
  }
});
