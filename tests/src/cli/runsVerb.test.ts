import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
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
  expect(shell('"$0" "$1" runs --json', other).stdout).toBe("[]\n");
});
