import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { loadSavedModel, type SavedModel, type tf } from "../../../src/native/index.js";
import { openSession } from "../../../src/native/savedSession.js";
import { exported } from "./exportedModels.js";

const scratch = mkdtempSync(join(tmpdir(), "tunelab-saved-session-"));
afterAll(() => rmSync(scratch, { recursive: true }));
afterEach(() => expect(binding.getNumOfSavedModels()).toBe(0));

function counted(model: SavedModel): number {
  const calls = model.predict({}).calls as tf.Tensor;
  const [count] = calls.dataSync();
  calls.dispose();
  return count as number;
}

it("has a folder in memory once, also by another path, until its last session is closed", () => {
  const link = join(scratch, "link");
  symlinkSync(exported("versions"), link);
  const first = openSession(exported("versions"), ["gpu", "serve"]);
  const second = openSession(link, ["serve", "gpu"]);
  expect(second.id).toBe(first.id);
  const third = openSession(link, ["serve"]);
  expect(binding.getNumOfSavedModels()).toBe(2);
  first.close();
  first.close();
  expect(first.id).toBeUndefined();
  expect(binding.getNumOfSavedModels()).toBe(2);
  second.close();
  third.close();
});

it("shares what a signature changes, and begins anew when nobody has it open", async () => {
  const load = () => loadSavedModel(exported("classifier"), ["serve"], "count");
  const [one, two] = [await load(), await load()];
  expect([counted(one), counted(two), counted(one)]).toEqual([1, 2, 3]);
  one.dispose();
  expect(counted(two)).toBe(4);
  two.dispose();
  const three = await load();
  expect(counted(three)).toBe(1);
  three.dispose();
});

it("loads a folder once more that was written anew", async () => {
  const folder = join(scratch, "again");
  cpSync(exported("classifier"), folder, { recursive: true });
  const one = await loadSavedModel(folder, ["serve"], "count");
  expect(counted(one)).toBe(1);
  rmSync(folder, { recursive: true });
  cpSync(exported("classifier"), folder, { recursive: true });
  const two = await loadSavedModel(folder, ["serve"], "count");
  expect([counted(two), counted(one)]).toEqual([1, 2]);
  one.dispose();
  two.dispose();
});
