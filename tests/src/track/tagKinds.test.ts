import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importRuns } from "../../../src/track/foreign/importRuns.js";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import type { Run } from "../../../src/track/run.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";

const histogram = { edges: Float64Array.of(0, 1), counts: Float64Array.of(1) };
const picture = { width: 1, height: 1, data: Uint8Array.of(9) };
const kinds: readonly (readonly [string, (run: Run, tag: string) => void])[] = [
  ["log", (run, tag) => run.log({ [tag]: 1 }, 0)],
  ["histogram", (run, tag) => run.histogram(tag, histogram, 0)],
  ["text", (run, tag) => run.text(tag, "words", 0)],
  ["image", (run, tag) => run.image(tag, picture, 0)],
  ["audio", (run, tag) => run.audio(tag, [0], { sampleRate: 8000 }, 0)],
];
const pairs = kinds.flatMap(([first]) =>
  kinds.filter(([second]) => second !== first).map(([second]) => [first, second]),
);
const record = Object.fromEntries(kinds);

test.each(pairs)("what %s has, %s does not get, in a resumed run neither", (first = "", second = "") => {
  const dir = temporaryFolder();
  const refusal = new TypeError(
    `${second} "t": values of one tag must be of one kind; got ${second} after ${first}`,
  );
  const run = openRun({ dir, sources: [], system: false });
  record[first]?.(run, "t");
  expect(() => record[second]?.(run, "t")).toThrow(refusal);
  run.finish();
  const again = resumeRun(run.id, { dir, system: false });
  expect(() => record[second]?.(again, "t")).toThrow(refusal);
  record[first]?.(again, "t");
  record[second]?.(again, "other");
  again.finish();
});

test("of several values none is logged where one has another's tag, and the others' tags stay free", () => {
  const run = openRun({ dir: temporaryFolder(), sources: [], system: false });
  run.text("t", "words");
  expect(() => run.log({ free: 1, t: 1 })).toThrow(TypeError);
  run.text("free", "words");
  run.finish();
  expect([...readRun(run.dir).scalars.keys()]).toEqual([]);
});

test("a table is a text to TensorBoard, and a figure a picture, in a resumed run too", async () => {
  const dir = temporaryFolder();
  const run = openRun({ dir, sources: [], system: false });
  run.table("words", [{ a: 1 }]);
  await run.figure("seen", { mark: "bar", data: { values: [] } });
  run.finish();
  const again = resumeRun(run.id, { dir, system: false });
  again.text("words", "more");
  again.image("seen", picture);
  expect(() => again.image("words", picture)).toThrow("got image after table");
  again.finish();
});

test("PR curves that another program wrote keep their tags, in a resumed run too", () => {
  const [dir, logs] = [temporaryFolder(), temporaryFolder()];
  const curves = join(import.meta.dirname, "../../oracles/tensorboard/prCurves.tfevents");
  copyFileSync(curves, join(logs, "events.out.tfevents.1.host"));
  const [made = ""] = importRuns(logs, { dir });
  const tag = [...readRun(made).prCurves.keys()][0]!;
  const again = resumeRun(made, { system: false });
  expect(() => again.log({ [tag]: 1 })).toThrow("got log after PR curve");
  again.log({ other: 1 });
  again.finish();
});
