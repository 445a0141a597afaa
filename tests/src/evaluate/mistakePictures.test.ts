import { describe, expect, it } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { pngSize } from "../../../src/base/png.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { stopDrawing } from "../../../src/board/render/drawing.js";
import { arrays } from "../../../src/data/arrays.js";
import { split as madeSplit, type Split } from "../../../src/data/split.js";
import { evaluate } from "../../../src/evaluate/evaluate.js";
import { mistakePictures } from "../../../src/evaluate/mistakePictures.js";
import { tf } from "../../../src/native/index.js";
import { schemaErrors } from "../board/vegaLiteSchema.js";

installHost(terminalHost({ write: () => true }));

const noise = (length: number) => Float32Array.from({ length }, (_, i) => ((i * 7919) % 251) / 250);

function pictures(size: number, inputShape: readonly number[], x?: Float32Array): Split {
  const length = size * inputShape.reduce((all, n) => all * n, 1);
  return madeSplit("test", { x: x ?? noise(length), y: new Int32Array(size), inputShape, targetShape: [] });
}

const first = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("pictures of mistakes", () => {
  it.each([
    ["grey", [28, 28, 1]],
    ["colours", [32, 40, 3]],
    ["large noise", [500, 300, 3]],
    ["a strip", [2, 3000, 3]],
  ])("of %s fit a notebook, of one size and in their proportion", (_, shape) => {
    const made = mistakePictures(pictures(16, shape), undefined)(first(16))!;
    expect(made.files).toHaveLength(16);
    const bytes = made.files.reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeLessThan(130_000);
    expect(Math.max(made.width, made.height)).toBeLessThanOrEqual(92);
    for (const file of made.files) expect(pngSize(file)).toEqual({ width: made.width, height: made.height });
  });

  it.each([
    ["rows of numbers", pictures(2, [4])],
    ["series", pictures(2, [20, 3])],
    ["other channels", pictures(2, [4, 4, 2])],
    ["lines", pictures(2, [1, 9, 1])],
  ])("are none of %s", (_, split) => {
    expect(mistakePictures(split, undefined)([0])).toBeUndefined();
  });

  it("are none where a value is not finite, nothing was wrong, or none are wanted", () => {
    const broken = pictures(2, [2, 2, 1], Float32Array.of(0, 0, 0, 0, 0, Number.NaN, 0, 0));
    expect(mistakePictures(broken, undefined)([1])).toBeUndefined();
    expect(mistakePictures(broken, undefined)([0])?.files).toHaveLength(1);
    expect(mistakePictures(pictures(2, [2, 2, 1]), undefined)([])).toBeUndefined();
    expect(mistakePictures(pictures(2, [2, 2, 1]), false)([0])).toBeUndefined();
  });

  it("are those of the split that is given for it, or a sentence before the work begins", () => {
    const flat = pictures(3, [6]);
    const given = { name: "before", size: 3, inputShape: [2, 3], x: [...noise(18)] };
    expect(mistakePictures(flat, given)([2])).toMatchObject({ width: 3, height: 2 });
    expect(() => mistakePictures(flat, { ...given, size: 2 })).toThrow(
      new RangeError("evaluate: images must be the samples that are evaluated, 3 of them; got 2"),
    );
    expect(() => mistakePictures(flat, flat)).toThrow(TypeError);
    expect(() => mistakePictures(flat, null as never)).toThrow("got undefined");
  });
});

/** Two classes, told apart by the one pixel; its labels are all of the first. */
async function evaluated(images?: false) {
  const layers = [
    tf.layers.flatten({ inputShape: [2, 2, 1] }),
    tf.layers.dense({
      units: 2,
      weights: [
        tf.tensor2d([
          [0, 4],
          [0, 0],
          [0, 0],
          [0, 0],
        ]),
        tf.tensor1d([1, 0]),
      ],
    }),
  ];
  const x = [0, 0.5, 1].map((value) => [
    [[value], [0]],
    [[0], [1]],
  ]);
  const { train } = arrays({ x, y: [0, 0, 0], classes: 2 });
  const classNames = ["<b>cat</b>", "dog"];
  return evaluate(tf.sequential({ layers }), train, { classNames, ...(images === false && { images }) });
}

describe("an evaluation of pictures", () => {
  it("shows the worst mistakes as pictures with their labels, and as a table in a terminal", async () => {
    const evaluation = await evaluated();
    expect(evaluation.worst().map(({ sample }) => sample)).toEqual([2, 1]);
    const bundle = await evaluation.toMimeBundle();
    const spec = bundle["application/vnd.vegalite.v5+json"] as Record<string, unknown>;
    expect(schemaErrors(spec)).toEqual([]);
    expect(JSON.stringify(spec).match(/data:image\/png;base64,/g)).toHaveLength(2);
    const svg = String(bundle["image/svg+xml"]);
    expect(svg.match(/<image/g)).toHaveLength(2);
    for (const text of ["✗ true &lt;b&gt;cat&lt;/b&gt;", "predicted dog", "95 %", "73 %"])
      expect(svg).toContain(`>${text}<`);
    expect(svg).not.toContain("<b>");
    const text = String(bundle["text/plain"]);
    expect(text).toMatch(/worst mistakes:\nsample +true +predicted +probability +loss/);
    expect(text).toMatch(/\n +2 +<b>cat<\/b> +dog +95 % +3\.049\n/);
    await stopDrawing();
  });

  it("shows none where it was told so", async () => {
    const bundle = await (await evaluated(false)).toMimeBundle();
    expect(JSON.stringify(bundle["application/vnd.vegalite.v5+json"])).not.toContain("data:image");
    expect(bundle["image/svg+xml"]).not.toContain("<image");
    await stopDrawing();
  });
});
