import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OutputLog } from "../../../src/track/outputLog.js";
import { temporaryFolder } from "./temporaryFolder.js";

function scene(bounds: { head?: number; tail?: number } = {}) {
  const dir = temporaryFolder();
  const problems: string[] = [];
  const open = () => new OutputLog(dir, { ...bounds, onProblem: (sentence) => problems.push(sentence) });
  const content = () => readFileSync(join(dir, "output.log"), "utf8");
  return { dir, open, content, problems };
}

test("keeps what was printed, without colours and without what was written over", () => {
  const { open, content } = scene();
  const log = open();
  log.write("\u001b[31mred\u001b[0m é\r\n");
  log.write("10 %\r50 %");
  log.write("\r100 %\n");
  log.write("epoch 1\nloss 3\n");
  log.write("\u001b[2A\u001b[0Jepoch 2\nloss 2\n");
  log.write("\u001b[1A\u001b[0Jloss 1\n");
  log.write("split");
  log.write("\r");
  log.write("\nend\n");
  log.close();
  expect(content()).toBe("red é\r\n100 %\nepoch 2\nloss 1\nsplit\nend\n".replace("\r", ""));
});

test("of a long output keeps head and tail in whole lines, and counts what is left out, over a resume too", () => {
  const { open, content } = scene({ head: 1000, tail: 2000 });
  const lines = Array.from({ length: 3000 }, (_, i) => `line ${i} – ü\n`);
  const whole = lines.join("");
  const log = open();
  for (const line of lines.slice(0, 2000)) log.write(line);
  log.close();
  const again = open();
  for (const line of lines.slice(2000)) again.write(line);
  again.close();
  const text = content();
  expect(Buffer.byteLength(text)).toBeLessThan(1000 + 4000 + 100);
  const [head = "", left = "", tail = ""] = text.split(/\n\u2063… (\d+) bytes are left out here …\n\n/);
  expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
  expect(Buffer.byteLength(head)).toBeGreaterThan(900);
  expect(Buffer.byteLength(tail)).toBeGreaterThanOrEqual(1900);
  expect(Number(left)).toBe(Buffer.byteLength(whole) - Buffer.byteLength(head) - Buffer.byteLength(tail));
});

test("another log that a program prints is no gap of this one, over a resume too", () => {
  const { open, content } = scene({ head: 1000, tail: 500 });
  const theirs = [
    "their first line",
    "",
    "… 5 bytes are left out here …",
    "",
    "\u2063… 7 bytes are left out here …",
    "",
    "",
  ].join("\n");
  const log = open();
  log.write(`ours\n${theirs}`);
  for (let i = 0; i < 300; i++) log.write(`line ${i}\n`);
  log.close();
  const again = open();
  for (let i = 300; i < 1000; i++) again.write(`line ${i}\n`);
  again.close();
  const head = `ours\n${theirs.replace("\u2063", "")}line 0\nline 1\n`;
  expect(content().slice(0, head.length)).toBe(head);
  expect(content()).toMatch(/line 999\n$/);
  expect(content().match(/\u2063/g)).toHaveLength(1);
});

test("cuts a line without an end between characters", () => {
  const { open, content } = scene({ head: 10, tail: 10 });
  const log = open();
  for (let i = 0; i < 40; i++) log.write("äöü");
  log.close();
  expect(content()).not.toContain("\uFFFD");
  expect(content()).toMatch(/^[äöü]+\n\u2063… \d+ bytes are left out here …\n\n[äöü]+$/);
});

test("makes no file where nothing is printed, and says once when nothing can be kept", () => {
  const { dir, open, content, problems } = scene();
  open().close();
  expect(content).toThrow(/ENOENT/);
  writeFileSync(join(dir, "file"), "");
  const log = new OutputLog(join(dir, "file"), { onProblem: (sentence) => problems.push(sentence) });
  log.write("a");
  log.write("b");
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^output is not kept any more: ENOTDIR/);
});
