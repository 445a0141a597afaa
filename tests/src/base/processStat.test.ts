import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseProcessStat } from "../../../src/base/processStat.js";

/** Fields as proc(5) numbers them. */
function stat(name: string, given: Readonly<Record<number, string>>): string {
  const fields = Array.from({ length: 52 }, (_, index) => given[index + 1] ?? "0");
  fields[1] = `(${name})`;
  return `${fields.join(" ")}\n`;
}

const fields = { 1: "4321", 3: "S", 4: "77", 14: "1234", 15: "56", 22: "9876543" };

it.each(["node", "tmux: server", "a) R 1 (b", "(sd-pam)", ") Z 1 2 3", "", "two\nlines)"])(
  "reads the fields behind the name %j",
  (name) => {
    expect(parseProcessStat(stat(name, fields))).toEqual({
      state: "S",
      parent: 77,
      cpu: 12_900,
      began: 9_876_543,
    });
  },
);

it.each([
  "",
  "4321 (node)",
  "4321 (node) S",
  stat("node", { ...fields, 4: "x" }),
  stat("node", fields).slice(0, 40),
])("refuses %j", (text) => {
  expect(() => parseProcessStat(text)).toThrow(SyntaxError);
});

it.runIf(process.platform === "linux")(
  "agrees with /proc/PID/status of a process whose name looks like fields",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "tunelab-stat-"));
    const program = join(folder, "a) Z 1 (b");
    copyFileSync("/bin/sleep", program);
    const child = spawn(program, ["20"], { stdio: "ignore" });
    try {
      await once(child, "spawn");
      const read = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, "utf8");
      await expect.poll(() => read("status")).toMatch(/^State:\tS/m);
      const status = read("status");
      expect(status).toContain("Name:\ta) Z 1 (b\n");
      const { state, parent } = parseProcessStat(read("stat"));
      expect(state).toBe("S");
      expect(parent).toBe(Number(/^PPid:\t(\d+)$/m.exec(status)?.[1]));
      expect(parent).toBe(process.pid);
    } finally {
      child.kill("SIGKILL");
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
