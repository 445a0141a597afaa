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

it("takes a folder that pip filled with --target", () => {
  const folder = wheel(join(root, "target", "tensorflow"));
  const found = findLibtensorflow({ TUNELAB_LIBTENSORFLOW: join(root, "target") });
  expect(found.cc).toBe(join(folder, "libtensorflow_cc.so.2"));
});

it("looks in the checkout's environment, then in the active one of venv or conda, then beside python3", () => {
  const site = (name: string) => join(root, name, "lib", "python3.11", "site-packages", "tensorflow");
  const checkout = join(root, "checkout");
  wheel(join(checkout, ".venv", "lib", "python3.11", "site-packages", "tensorflow"));
  const conda = wheel(site("conda"));
  const active = { CONDA_PREFIX: join(root, "conda"), VIRTUAL_ENV: join(root, "empty") };
  expect(findLibtensorflow(active, checkout).foundBy).toBe("the checkout's .venv");
  const none = join(root, "bare");
  expect(findLibtensorflow(active, none)).toMatchObject({
    foundBy: "CONDA_PREFIX",
    cc: join(conda, "libtensorflow_cc.so.2"),
  });
  wheel(site("empty"));
  expect(findLibtensorflow(active, none).foundBy).toBe("VIRTUAL_ENV");
  expect(() => findLibtensorflow({ PATH: root }, none)).toThrowError(
    /none was found in the checkout's \.venv/,
  );
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
