/** `tunelab compare` and `tunelab best`, as a person runs them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { track } from "../../../src/track/index.js";

const bin = join(import.meta.dirname, "../../../bin/tunelab.mjs");
const dir = mkdtempSync(join(tmpdir(), "tunelab-compare-verb-"));

beforeAll(async () => {
  installHost(terminalHost());
  for (const [name, rate, accuracy] of [
    ["slow", 0.1, 0.8],
    ["fast", 0.2, 0.9],
  ] as const) {
    const run = track({ name, dir, config: { rate } });
    run.log({ "epoch/valAccuracy": accuracy }, 1);
    await run.finish();
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function tunelab(...words: string[]) {
  return spawnSync(process.execPath, [bin, ...words], {
    encoding: "utf8",
    env: { ...process.env, TUNELAB_RUNS: dir },
  });
}

it("compares runs as tables or JSON", () => {
  const { stdout, status } = tunelab("compare", "slow", "fast");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^configuration:\nsetting +slow +fast\n[─ ]+\nrate +0\.1 +0\.2\n/);
  // Charts as a terminal has them, over each other.
  expect(stdout).toMatch(/\nepoch\/valAccuracy +slow .*▅\nepoch\/valAccuracy +fast .*▅\n$/);
  const tables = tunelab("compare", "slow", "fast", "--tables", "--html", join(dir, "page.html"));
  expect(stdout.startsWith(tables.stdout)).toBe(true);
  expect(stdout.length).toBeGreaterThan(tables.stdout.length);
  expect(readFileSync(join(dir, "page.html"), "utf8")).toContain("<html");
  expect(JSON.parse(tunelab("compare", "slow", "fast", "--json").stdout)).toMatchObject({
    runs: [{ name: "slow" }, { name: "fast" }],
    config: [{ key: "rate", values: [0.1, 0.2] }],
  });
  expect(tunelab("compare", "slow", "nosuch")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('find run "nosuch"'),
  });
  expect(tunelab("compare").status).toBe(2);
});

it("ranks runs by a metric", () => {
  const { stdout, status } = tunelab("best", "valAccuracy", "--top", "1");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^run +id +valAccuracy +at +status\n.*\nfast +\w{8} +0\.9 +1 +finished\n$/);
  expect(JSON.parse(tunelab("best", "valAccuracy", "--minimize", "--json").stdout)).toMatchObject({
    rows: [{ run: { name: "slow" }, value: 0.8 }, { run: { name: "fast" } }],
  });
  expect(tunelab("best", "valAccuracy", "--maximize", "--minimize").status).toBe(2);
  expect(tunelab("best").status).toBe(2);
});
