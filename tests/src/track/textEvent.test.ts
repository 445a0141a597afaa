import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { tensorBoardSees } from "./tensorBoardMedia.js";

const markdown = "**größe** <script>alert(1)</script> 漢字 \u{1f600}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";

describe("a run's texts", () => {
  test("are seen by TensorBoard and read back, at their steps and times", () => {
    const dir = temporaryFolder();
    let time = 1.7e9;
    const run = openRun({ name: "texts", dir, sources: [], clock: { wallTime: () => (time += 0.5) } });
    run.text("notes", markdown, 3);
    const at = time;
    run.text("notes", "second", 2 ** 40);
    run.text("other <b>", "x".repeat(100_000), 0);
    run.finish();

    const seen = tensorBoardSees(dir)[`${basename(run.dir)}/main`]!;
    expect(seen.texts.notes).toEqual([
      [3, at, markdown],
      [2 ** 40, at + 0.5, "second"],
    ]);
    expect(seen.texts["other <b>"]![0]![2]).toHaveLength(100_000);
    expect(seen.html.notes![0]).toContain("<strong>größe</strong>");
    expect(seen.html.notes![0]).not.toContain("<script>");

    const { texts, problems } = readRun(run.dir);
    expect(problems).toEqual([]);
    expect(
      texts.get("notes")!.map(({ step, wallTime, texts }) => [step, wallTime, texts[0]!.text()]),
    ).toEqual(seen.texts.notes);
  });

  test("keep no text in memory until it is asked for", () => {
    const run = openRun({ name: "lazy", dir: temporaryFolder(), sources: [] });
    for (let step = 0; step < 50; step++) run.text("big", `${step} `.repeat(10_000), step);
    run.finish();
    const points = readRun(run.dir).texts.get("big")!;
    expect(JSON.stringify(points).length).toBeLessThan(50 * 400);
    expect(points.map(({ texts }) => texts[0]!.text())).toEqual(
      points.map(({ step }) => `${step} `.repeat(10_000)),
    );
  });

  test("stand without a step at the highest one logged, and never twice at one", () => {
    const dir = temporaryFolder();
    const run = openRun({ name: "steps", dir, sources: [] });
    run.text("a", "first");
    run.text("a", "second");
    run.log({ loss: 1 }, 10);
    run.text("a", "third");
    run.text("a", "fourth");
    run.text("b", "first");
    run.finish("interrupted");
    const again = resumeRun(run.id, { dir });
    again.text("a", "fifth");
    again.finish();
    const { texts } = readRun(run.dir);
    expect(texts.get("a")!.map(({ step }) => step)).toEqual([0, 1, 10, 11, 12]);
    expect(texts.get("b")!.map(({ step }) => step)).toEqual([10]);
  });

  test("share no tag with pictures or sounds, since TensorBoard would show only the first kind", () => {
    const run = openRun({ name: "kinds", dir: temporaryFolder(), sources: [] });
    run.text("a", "text");
    run.table("a", [{ also: "text" }]);
    expect(() => run.audio("a", [0], { sampleRate: 8000 })).toThrow(
      'audio "a": values of one tag must be of one kind; got audio after text',
    );
    run.finish();
    expect(readRun(run.dir).audio.size).toBe(0);
  });

  test.each([
    ["", "text", undefined, RangeError, 'text: a tag must not be empty; got ""'],
    [3, "text", undefined, TypeError, "text: a tag must be a text; got number"],
    ["t", "", undefined, RangeError, 'text "t": a text must not be empty; got ""'],
    ["t", ["a"], undefined, TypeError, 'text "t": it must be a text; got a list'],
    ["t", "a", -1, RangeError, "text: a step must be a non-negative integer; got -1"],
    ["t", "a", 0.5, RangeError, "text: a step must be a non-negative integer; got 0.5"],
    [
      "t",
      "x".repeat(64 * 2 ** 20),
      0,
      RangeError,
      'text "t": what is recorded at once must be at most 64 MB; got 64.0 MB; run.artifact keeps larger files',
    ],
  ])("refuse tag %j", (tag, text, step, kind, message) => {
    const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
    const writing = () => run.text(tag as string, text as string, step);
    expect(writing).toThrow(kind);
    expect(writing).toThrow(message);
    run.finish();
    expect(() => run.text("t", "a")).toThrow('text to run "bad": it is finished and takes no more points');
    expect(readRun(run.dir).texts.size).toBe(0);
  });
});
