import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findLibtensorflow, LibtensorflowError } from "../../../src/native/findLibtensorflow.js";

const root = mkdtempSync(join(tmpdir(), "tunelab-"));
afterAll(() => rmSync(root, { recursive: true }));

/** A folder that looks like an installed wheel. */
function wheel(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "libtensorflow_cc.so.2"), "");
  writeFileSync(join(folder, "libtensorflow_framework.so.2"), "");
  return folder;
}

it("takes TUNELAB_LIBTENSORFLOW as the wheel's folder, a file in it, or a virtual environment", () => {
  const folder = wheel(join(root, "venv", "lib", "python3.12", "site-packages", "tensorflow"));
  for (const place of [folder, join(folder, "libtensorflow_cc.so.2"), join(root, "venv")])
    expect(findLibtensorflow({ TUNELAB_LIBTENSORFLOW: place })).toEqual({
      cc: join(folder, "libtensorflow_cc.so.2"),
      framework: join(folder, "libtensorflow_framework.so.2"),
      foundBy: "TUNELAB_LIBTENSORFLOW",
    });
});

it("refuses a TUNELAB_LIBTENSORFLOW without the library instead of looking elsewhere", () => {
  for (const place of [join(root, "nowhere"), root])
    expect(() => findLibtensorflow({ TUNELAB_LIBTENSORFLOW: place })).toThrowError(LibtensorflowError);
});

it("says in one sentence what is missing and how to get it", () => {
  expect(() => findLibtensorflow({ TUNELAB_LIBTENSORFLOW: root })).toThrowError(
    /^[^\n]*TUNELAB_LIBTENSORFLOW=.* holds neither; run `npm start` .*$/,
  );
});

it("finds the checkout's own environment", () => {
  expect(findLibtensorflow({ PATH: process.env.PATH }).foundBy).toMatch(/checkout's \.venv|python3/);
});
