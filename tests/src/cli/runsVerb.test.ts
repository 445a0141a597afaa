import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { track } from "../../../src/track/index.js";

const root = join(import.meta.dirname, "../../..");
const bin = join(root, "bin", "tunelab.mjs");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "tunelab-runs-verb-")));
const many = join(folder, "many");

beforeAll(async () => {
  installHost(terminalHost());
  await (await track({ name: "first", dir: many, config: { note: "x".repeat(50_000) } })).finish();
  const [first] = readdirSync(many);
  for (let i = 0; i < 40; i++)
    cpSync(join(many, String(first)), join(many, `copy-${i}`), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shell(command: string, runs: string | undefined) {
  const { TUNELAB_RUNS: _, ...rest } = process.env;
  const env = runs === undefined ? rest : { ...rest, TUNELAB_RUNS: runs };
  return spawnSync("bash", ["-c", `set -o pipefail; ${command}`, process.execPath, bin], {
    encoding: "utf8",
    cwd: folder,
    env,
  });
}

it("ends quietly when nobody reads on", () => {
  const { stdout, stderr, status } = shell('"$0" "$1" runs --json | head -c 100', many);
  expect(stdout).toHaveLength(100);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
});

it("lists thirty lines, and says how many more there are and how to see them", () => {
  const lines = (options: string) =>
    shell(`"$0" "$1" runs --columns run,id ${options}`, many).stdout.split("\n");
  const some = lines("");
  expect(some.filter((line) => line.startsWith("first"))).toHaveLength(30);
  expect(some.at(-2)).toBe("11 more of 41 lines are left out; --all shows them.");
  expect(lines("--all").filter((line) => line.startsWith("first"))).toHaveLength(41);
});

it("says where it looked when there are none", () => {
  mkdirSync(join(folder, "other"));
  expect(shell('"$0" "$1" runs', undefined).stdout).toBe(
    `no runs in ${join(folder, "runs")} (set TUNELAB_RUNS to look elsewhere)\n`,
  );
  const other = join(folder, "other");
  expect(shell('"$0" "$1" runs', other).stdout).toBe(`no runs in ${other} (which TUNELAB_RUNS names)\n`);
  expect(shell('"$0" "$1" runs status=killed', other).stdout).toBe(`no run in ${other} fits status=killed\n`);
  expect(shell('"$0" "$1" runs --json', other).stdout).toBe("[]\n");
});

describe("with a filter", () => {
  const filtered = join(folder, "filtered");

  beforeAll(async () => {
    for (const [name, accuracy, lr] of [
      ["slow", 0.8, 0.1],
      ["fast", 0.99, 0.001],
      ["odd", Number.NaN, 0.001],
    ] as const) {
      const run = track({ name, dir: filtered, config: { lr } });
      run.log({ "epoch/valAccuracy": accuracy }, 1);
      await run.finish();
    }
  });
  const lines = (options: string) =>
    shell(`"$0" "$1" runs --dir ${filtered} --columns run,valAccuracy ${options}`, undefined)
      .stdout.split("\n")
      .slice(2, -1);

  it("lists what fits, in the order asked for", () => {
    expect(lines("'valAccuracy>0.97 and config.lr<0.01'")).toEqual(["fast         0.99"]);
    expect(lines("'s*' 'lr > 0.01'")).toEqual(["slow          0.8"]);
    expect(lines("valAccuracy = nan")).toEqual(["odd          NaN"]);
    expect(lines("--sort=lr,-valAccuracy --limit 2")).toEqual([
      "fast         0.99",
      "odd           NaN",
      "",
      "1 more of 3 lines are left out; --all shows them.",
    ]);
    const json = shell(
      `"$0" "$1" runs 'lr<0.01 and valAccuracy>0' --json --dir ${filtered}`,
      undefined,
    ).stdout;
    expect(JSON.parse(json)).toMatchObject([{ name: "fast", metrics: { valAccuracy: 0.99 } }]);
  });

  it("names the column and the nearest field of what cannot be read, as misuse", () => {
    expect(shell(`"$0" "$1" runs valacc=1 --dir ${filtered}`, undefined)).toMatchObject({
      status: 2,
      stderr:
        'filter runs by "valacc=1": column 1: no run has a field "valacc"; the nearest is valAccuracy\n',
    });
    expect(shell(`"$0" "$1" runs --sort valacc --dir ${filtered}`, undefined)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("the nearest is valAccuracy"),
    });
  });

  it("--watch shows the table again when it changed, until Ctrl-C", async () => {
    const open = track({ name: "going", dir: filtered });
    const watching = spawn(process.execPath, [
      bin,
      "runs",
      "going",
      "--watch",
      "--columns",
      "run,status,loss",
      "--dir",
      filtered,
    ]);
    let seen = "";
    watching.stdout.on("data", (text: Buffer) => (seen += String(text)));
    const ended = once(watching, "exit");
    open.log({ loss: 2 }, 0);
    await expect.poll(() => seen).toMatch(/going {2}running +2\n/);
    open.log({ loss: 0.5 }, 1);
    await expect.poll(() => seen).toMatch(/going {2}running +0\.5\n/);
    await open.finish();
    await expect.poll(() => seen).toMatch(/going {2}finished +0\.5\n/);
    watching.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
  });
});
