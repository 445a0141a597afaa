/** `tunelab compare` and `tunelab best`, as a person runs them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { readArguments } from "../../../src/cli/command.js";
import { bestCommand } from "../../../src/cli/verbs/best.js";
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

/** What `tunelab best` writes on a terminal of 100 characters a line. */
async function bestOnTerminal(...words: string[]): Promise<string> {
  const { stdout } = process;
  const was = { isTTY: stdout.isTTY, columns: stdout.columns };
  const write = vi.spyOn(stdout, "write").mockReturnValue(true);
  try {
    Object.assign(stdout, { isTTY: true, columns: 100 });
    await bestCommand.run(readArguments(bestCommand, words));
    return write.mock.calls.map(([text]) => String(text)).join("");
  } finally {
    Object.assign(stdout, was);
    write.mockRestore();
  }
}

it("keeps the table of the best to a terminal's width, names what is left out, and is whole in a pipe", async () => {
  const wide = mkdtempSync(join(tmpdir(), "tunelab-best-verb-"));
  for (const nth of [1, 2]) {
    const config = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`setting${i}`, `value ${nth}`]));
    const name = `a-run-whose-name-has-more-than-28-characters-${nth}`;
    const run = track({ name, dir: wide, config: { loss: `kind ${nth}`, ...config } });
    run.log({ "epoch/loss": nth }, 1);
    await run.finish();
  }
  const lines = (await bestOnTerminal("loss", "--dir", wide)).trimEnd().split("\n");
  const piped = tunelab("best", "loss", "--dir", wide).stdout.trimEnd().split("\n");
  rmSync(wide, { recursive: true });
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  expect(lines[0]).toMatch(/^run +id +loss +at +status +config\.loss +setting0 /);
  expect(lines.at(-1)).toMatch(/^\d+ more columns \(--json has them\): setting\d+, /);
  expect(lines.join("\n")).not.toContain("more-than-28-characters");
  expect(piped).toHaveLength(4);
  expect(piped[0]).toMatch(/ setting0 .* setting19$/);
  expect(piped[2]).toMatch(/^a-run-whose-name-has-more-than-28-characters-1 .* value 1$/);
  expect(tunelab("best", "loss", "--top", "-1")).toMatchObject({
    status: 2,
    stderr: "--top needs a whole number of at least 1; -1 was given\n",
  });
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
