import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findSweep, findSweeps } from "../../../src/sweep/findSweeps.js";

let root: string;
const warn = vi.spyOn(console, "warn");
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sweeps-"));
  warn.mockReset();
});
afterEach(() => warn.mockReset());

function made(folder: string, text: string, touched = 0): string {
  const dir = join(root, folder);
  mkdirSync(dir);
  writeFileSync(join(dir, "sweep.json"), text);
  utimesSync(join(dir, "sweep.json"), touched, touched);
  return dir;
}
const record = (name: string, createdAt: string, schemaVersion = 1) =>
  JSON.stringify({ schemaVersion, id: `${name}-id`, name, createdAt });

test("the newest is the one that was made last, whatever was copied or touched since", () => {
  const first = made("b", record("mlp", "2026-11-01T10:00:00.000Z"), 2_000_000_000);
  const second = made("a", record("mlp", "2026-11-02T10:00:00.000Z"), 1_000_000_000);
  made("c", record("cnn", "2026-11-03T10:00:00.000Z"));
  expect(findSweeps("mlp", root)).toEqual([first, second]);
  expect(findSweep("mlp", root)).toBe(second);
});

test("a record that cannot be read, or not by this version, is told and left out", () => {
  const whole = made("whole", record("mlp", "2026-11-01T10:00:00.000Z"));
  const cut = made("cut", '{ "schemaVersion": 1, "na');
  made("later", record("mlp", "2026-11-02T10:00:00.000Z", 99));
  expect(findSweeps(undefined, root)).toEqual([whole]);
  expect(findSweep("mlp", root)).toBe(whole);
  const told = warn.mock.calls.map(([text]) => String(text)).join("\n");
  expect(told).toContain(`${join(cut, "sweep.json")} is left out: `);
  expect(told).toMatch(/needs a newer tunelab: it has format 99/);
  expect(findSweep(cut, root)).toBe(cut);
});
