import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findRuns } from "../../../../src/track/findRuns.js";
import { importRuns } from "../../../../src/track/foreign/importRuns.js";
import { readRunRecord } from "../../../../src/track/runReader.js";
import { runs } from "../../../../src/track/runs.js";
import { temporaryFolder } from "../temporaryFolder.js";

const written = join(import.meta.dirname, "../../../oracles/tensorboard/logs/lightning_logs/version_0");

/** Two experiments, each with numbered folders, one of which has a part. */
function logged(): string {
  const root = temporaryFolder();
  for (const folder of ["mlp/version_0", "mlp/version_0/val", "mlp/version_11", "cnn/version_0"])
    cpSync(written, join(root, folder), { recursive: true });
  return root;
}

const namesIn = (dir: string) =>
  runs({ dir })
    .rows.map(({ name }) => name)
    .sort();

test("a mere number of Lightning is called with the folder above, wherever it is looked for", () => {
  const root = logged();
  expect(readRunRecord(join(root, "cnn/version_0")).name).toBe("cnn/version_0");
  const all = ["cnn/version_0", "mlp/version_0", "mlp/version_0/val", "mlp/version_11"];
  expect(namesIn(root)).toEqual(all);
  expect(namesIn(join(root, "mlp"))).toEqual(all.slice(1));
  expect(namesIn(join(root, "mlp/version_11"))).toEqual(["mlp/version_11"]);
});

test("such a run is found by that name and by its number alone", () => {
  const dir = join(logged(), "mlp");
  for (const name of ["mlp/version_11", "version_11"])
    expect(findRuns(name, { dir })).toEqual([join(dir, "version_11")]);
});

test("it keeps the name when it is imported", () => {
  const [made = ""] = importRuns(join(logged(), "cnn"), { dir: temporaryFolder() });
  expect(readRunRecord(made)).toMatchObject({ name: "cnn/version_0", group: "cnn" });
});
