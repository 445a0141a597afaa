/** Halves and curves that Keras and PyTorch wrote, laid out as people have them. */
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { boardSources } from "../../../../src/board/sources.js";
import { viewRun } from "../../../../src/doctor/runView.js";
import { bestRuns } from "../../../../src/track/bestRuns.js";
import { exportRuns } from "../../../../src/track/export/exportRuns.js";
import { findRuns } from "../../../../src/track/findRuns.js";
import { importRuns } from "../../../../src/track/foreign/importRuns.js";
import { resumeRun } from "../../../../src/track/resumeRun.js";
import { RunReader, readRun, readRunRecord } from "../../../../src/track/runReader.js";
import { runs } from "../../../../src/track/runs.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { logWriter } from "./logWriter.js";

const oracles = join(import.meta.dirname, "../../../oracles/tensorboard");
const written = join(oracles, "logs");
type Points = [step: number, wallTime: number, value: number][];
const seen = JSON.parse(readFileSync(join(oracles, "logs.json"), "utf8")) as Record<
  string,
  { scalars: Record<string, Points> }
>;

/** Folders of logs by the paths at which they shall lie. */
function laidOut(folders: Record<string, string>): string {
  const root = temporaryFolder();
  for (const [to, from] of Object.entries(folders)) {
    mkdirSync(join(root, to), { recursive: true });
    const files = readdirSync(join(written, from)).filter((name) => name.includes("tfevents"));
    for (const file of files) cpSync(join(written, from, file), join(root, to, file));
  }
  return root;
}

const namesIn = (dir: string) =>
  runs({ dir })
    .rows.map(({ name }) => name)
    .sort();

const valuesOf = (folder: string, tag: string) => seen[folder]!.scalars[tag]!.map(([, , value]) => value);

const keras = { "day/train": "keras/train", "day/validation": "keras/validation" };

describe("Keras's halves", () => {
  test("are one run on the board, in queries and for the doctor", () => {
    const dir = laidOut(keras);
    expect(boardSources([dir]).runs.map((one) => relative(dir, one))).toEqual(["day"]);
    const [losses, valLosses] = [
      valuesOf("keras/train", "epoch_loss"),
      valuesOf("keras/validation", "epoch_loss"),
    ];
    const least = Math.min(...valLosses);
    const [row] = runs({ dir, where: `valLoss = ${valLosses.at(-1)} and loss > 0`, sort: "valLoss" }).rows;
    expect(row).toMatchObject({
      name: "day",
      epochs: losses.length,
      metrics: { loss: losses.at(-1), valLoss: valLosses.at(-1), "train/epoch_loss": losses.at(-1) },
    });
    expect(bestRuns("valLoss", { dir }).rows).toMatchObject([
      { value: least, step: valLosses.indexOf(least) + 1 },
    ]);
    const view = viewRun(readRun(join(dir, "day")));
    expect([view.epochs("loss"), view.epochs("valLoss")]).toEqual([losses, valLosses]);
    expect(view.learningRate).toBeCloseTo(valuesOf("keras/train", "epoch_learning_rate")[0]!, 9);
  });

  test("are one run under other usual names, tests after validations, with what their folder has beside them", () => {
    const dir = laidOut({
      a: "pytorch/trial-0",
      "a/Training": "keras/train",
      "a/test": "keras/validation",
      "a/val": "keras/validation",
      "a/Training/more": "tensorboardX",
    });
    expect(namesIn(dir)).toEqual(["a", "a/Training/more"]);
    const run = readRun(join(dir, "a"));
    expect(run.record).toMatchObject({ config: { lr: 0.1 }, status: "finished" });
    expect(run.record.parts).toEqual([{ folder: "Training" }, { folder: "val" }, { folder: "test" }]);
    expect([...run.scalars.keys()]).toContain("hparam/accuracy");
    expect(Array.from(run.scalars.get("Training/epoch_loss")?.values ?? [])).toEqual(
      valuesOf("keras/train", "epoch_loss"),
    );
  });

  test("alone are runs, and so are runs that are called so and have hyper-parameters of their own", () => {
    expect(namesIn(laidOut({ "a/train": "keras/train", "b/validation": "keras/validation" }))).toEqual([
      "a/train",
      "b/validation",
    ]);
    expect(namesIn(laidOut({ train: "pytorch/trial-0", validation: "tensorboardX/hp" }))).toEqual([
      "train",
      "validation",
    ]);
    const dir = laidOut(keras);
    writeFileSync(join(dir, "day/validation/run.json"), "{}");
    expect(findRuns([], { dir }).map((one) => relative(dir, one))).toEqual(["day/train"]);
  });

  test("become one as the second comes, and are read on as they grow", () => {
    const dir = laidOut(keras);
    const [name = ""] = readdirSync(join(dir, "day/validation"));
    const file = join(dir, "day/validation", name);
    const whole = readFileSync(file);
    rmSync(join(dir, "day/validation"), { recursive: true });
    expect(namesIn(dir)).toEqual(["day/train"]);
    mkdirSync(join(dir, "day/validation"));
    writeFileSync(file, whole.subarray(0, 300));
    const reader = new RunReader(join(dir, "day"));
    const before = reader.refresh();
    expect(before.scalars.get("train/epoch_loss")?.values).toHaveLength(4);
    expect(before.scalars.get("validation/epoch_loss")?.values.length ?? 0).toBeLessThan(4);
    appendFileSync(file, whole.subarray(300));
    const after = reader.refresh();
    expect(after.scalars).toEqual(readRun(join(dir, "day")).scalars);
    expect(after.scalars.get("validation/epoch_loss")?.values).toHaveLength(4);
    expect(after.problems).toEqual([]);
  });

  test("are imported as one run that stays one when it goes on, and exported as they lay", async () => {
    const logs = laidOut(keras);
    const dir = temporaryFolder();
    const [made = ""] = importRuns(logs, { dir });
    expect(readRunRecord(made)).toMatchObject({ name: "day", summary: { "epoch/valLoss": { count: 4 } } });
    const resumed = resumeRun(made);
    resumed.log({ "validation/epoch_loss": 0.5 }, 4);
    resumed.finish();
    expect(readRun(made).scalars.get("validation/epoch_loss")?.values.at(-1)).toBe(0.5);
    expect(readRun(made).scalars.get("validation/epoch_loss")?.values).toHaveLength(5);
    expect(runs({ dir }).rows[0]?.metrics.loss).toBe(valuesOf("keras/train", "epoch_loss").at(-1));

    for (const source of [logs, dir]) {
      const out = join(temporaryFolder(), "out");
      const [target = ""] = await exportRuns("*", {
        dir: source,
        to: "tensorboard",
        out,
        tags: "^validation/",
      });
      expect([...readRun(target).scalars.keys()].sort()).toEqual(
        [...readRun(made).scalars.keys()].filter((tag) => tag.startsWith("validation/")).sort(),
      );
    }
  });
});

describe("curves of add_scalars", () => {
  const curves = { a: "pytorch", "a/both_train": "pytorch/both_train", "a/both_val": "pytorch/both_val" };

  test("are series of the run whose chart they are", () => {
    const dir = laidOut(curves);
    expect(namesIn(dir)).toEqual(["a"]);
    const { scalars } = readRun(join(dir, "a"));
    expect(scalars.get("both/train")?.values).toEqual(Float64Array.of(1.5));
    expect(scalars.get("both/val")?.values).toEqual(Float64Array.of(2.5));
  });

  test("are runs where their folder is called otherwise, holds more, or lies in none with event files", () => {
    expect(namesIn(laidOut({ a: "pytorch", "a/other_train": "pytorch/both_train" }))).toEqual([
      "a",
      "a/other_train",
    ]);
    expect(namesIn(laidOut({ "a/both_train": "pytorch/both_train" }))).toEqual(["a/both_train"]);
    // A training of that name, whose first tag happens to be the beginning of it.
    expect(namesIn(laidOut({ a: "pytorch", "a/train_loss_2": "lightning_logs/version_0" }))).toEqual([
      "a",
      "a/train_loss_2",
    ]);
  });

  test("go on in one series with each further file, also beside a series of the run's own that is called so", () => {
    for (const own of [undefined, 9]) {
      const dir = temporaryFolder();
      let seconds = 1.7e9;
      const log = (folder: string, values: Record<string, number>[]) => {
        const writer = logWriter(join(dir, folder), () => seconds);
        for (const one of values) writer.scalars(one, Math.round((seconds++ - 1.7e9) / 2));
        writer.close();
      };
      log(".", [own === undefined ? { lr: 1 } : { "Loss/train": own }]);
      seconds = 1.7e9;
      log("Loss_train", [{ Loss: 4 }, { Loss: 3 }]);
      const reader = new RunReader(dir);
      reader.refresh();
      log("Loss_train", [{ Loss: 2 }, { Loss: 1 }]);
      const name = own === undefined ? "Loss/train" : "Loss_train/Loss";
      for (const { scalars } of [reader.refresh(), readRun(dir)]) {
        expect([...scalars.keys()].sort()).toEqual([own === undefined ? "lr" : "Loss/train", name].sort());
        expect(Array.from(scalars.get(name)?.values ?? [])).toEqual([4, 3, 2, 1]);
      }
      if (own !== undefined)
        expect(readRun(dir).scalars.get("Loss/train")?.values).toEqual(Float64Array.of(own));
    }
  });
});
