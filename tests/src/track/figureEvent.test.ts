import { basename } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { drawFigure } from "../../../src/board/drawFigure.js";
import { stopDrawing } from "../../../src/board/render/drawing.js";
import { installFigureDrawer } from "../../../src/track/figureDrawer.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { tensorBoardSees } from "./tensorBoardMedia.js";

afterAll(stopDrawing);

/** A red square on the whole chart. */
const spec = {
  width: 60,
  height: 40,
  background: "#ffffff",
  padding: 0,
  data: { values: [{ a: 1 }] },
  mark: { type: "rect", color: "#ff0000", x: 0, x2: 60, y: 0, y2: 40 },
};

describe("a run's figures", () => {
  test("are drawn by another thread, seen by TensorBoard as pictures, and read back as specifications", async () => {
    installFigureDrawer(drawFigure);
    const dir = temporaryFolder();
    const run = openRun({ name: "figures", dir, sources: [] });
    await run.figure("square", spec, 3);
    await run.figure("square", { toSpec: () => ({ ...spec, title: "made" }) });
    run.finish();

    const { images } = tensorBoardSees(dir)[`${basename(run.dir)}/main`]!;
    const shown = images.square!;
    expect(Object.keys(images)).toEqual(["square"]);
    expect(shown.map(([step]) => step)).toEqual([3, 4]);
    const [, , width, height, [picture]] = shown[0]!;
    expect(width / height).toBeCloseTo(60 / 40, 1);
    expect(picture!.size).toEqual([width, height]);
    // Pillow gives the numbers of a palette's colours: all pixels have one.
    expect(new Set(picture!.pixels).size).toBe(1);

    const { figures, images: plain } = readRun(run.dir);
    expect(plain.size).toBe(0);
    const points = figures.get("square")!;
    expect(points.map(({ step, spec }) => [step, spec.read()])).toEqual([
      [3, spec],
      [4, { ...spec, title: "made" }],
    ]);
    expect(points[0]!.picture).toMatchObject({ width, height, step: 3 });
    expect(Buffer.from(points[0]!.picture!.images[0]!.bytes()).toString("latin1", 1, 4)).toBe("PNG");
  });

  test("have no picture, and keep their specification, where nobody draws or the run ends before", async () => {
    let drawn: (file: Uint8Array) => void = () => {};
    installFigureDrawer(() => new Promise((resolve) => (drawn = resolve)));
    const run = openRun({ name: "early", dir: temporaryFolder(), sources: [] });
    const picture = run.figure("a", spec);
    run.finish();
    drawn(new Uint8Array());
    await picture;
    installFigureDrawer(undefined);
    const second = openRun({ name: "nobody", dir: temporaryFolder(), sources: [] });
    await second.figure("a", spec);
    second.finish();
    for (const { dir } of [run, second]) {
      const { figures, record } = readRun(dir);
      expect(figures.get("a")![0]!.spec.read()).toEqual(spec);
      expect(figures.get("a")![0]!.picture).toBeUndefined();
      expect(record.problems).toEqual([]);
    }
  });

  test("that cannot be drawn are told, and those that come faster than that have no picture", async () => {
    const warned: string[] = [];
    const waiting: ((error: Error) => void)[] = [];
    installFigureDrawer(() => new Promise((_, reject) => waiting.push(reject)));
    const run = openRun({
      name: "wrong",
      dir: temporaryFolder(),
      sources: [],
      warn: (line) => warned.push(line),
    });
    const all = Array.from({ length: 20 }, (_, step) => run.figure("a", spec, step));
    expect(waiting).toHaveLength(8);
    for (const reject of waiting) reject(new Error("no such mark"));
    await Promise.all(all);
    expect(warned).toEqual(Array(8).fill('figure "a" has no picture: no such mark'));
    run.finish();
    expect(readRun(run.dir).figures.get("a")).toHaveLength(20);
  });

  const circular: Record<string, unknown> = { mark: "bar" };
  circular.self = circular;
  test.each([
    [3, 'figure "t": a figure must be a specification of Vega-Lite, with mark, layer, concat'],
    [{ data: {}, marks: [] }, "got an object with data, marks"],
    [circular, 'figure "t": a figure must be such as JSON can hold, but'],
  ])("refuse what is none (case %#)", (given, message) => {
    const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
    const writing = () => run.figure("t", given as never);
    expect(writing).toThrow(TypeError);
    expect(writing).toThrow(message);
    run.finish();
  });
});
