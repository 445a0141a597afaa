import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fullBundle } from "../../../src/board/bundle.js";
import { sections } from "../../../src/board/content.js";
import type { Spec } from "../../../src/board/inlineData.js";
import { type BoardOptions, boardSettings } from "../../../src/board/options.js";
import { readBoard } from "../../../src/board/read.js";
import { remarks } from "../../../src/board/remarks.js";
import { boardSpec } from "../../../src/board/spec.js";
import { boardText } from "../../../src/board/text.js";
import { tf } from "../../../src/native/index.js";
import { openRun } from "../../../src/track/openRun.js";
import { panelStyle } from "./panelStyle.js";
import { schemaErrors } from "./vegaLiteSchema.js";

const dir = mkdtempSync(join(tmpdir(), "tunelab-media-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const hostile = `</text><script>alert("é")</script>`;
const run = openRun({ name: "with media", dir, sources: [] });
for (let step = 0; step < 20; step++) {
  run.image("digits", tf.randomUniform([5, 28, 28, 1], 0, 1, "float32", step), step);
  run.image("photo", tf.randomUniform([80, 240, 3], 0, 1, "float32", step), step);
}
for (let step = 0; step < 5; step++)
  run.text("notes", `# Epoch ${step}\n\nplain, "quoted"\n${hostile}`, step);
const input = tf.input({ shape: [6] });
const dense = (units: number, name: string) => tf.layers.dense({ units, name });
const one = dense(6, "one").apply(input) as tf.SymbolicTensor;
const sum = tf.layers.add({ name: "sum" }).apply([input, one]) as tf.SymbolicTensor;
run.table(
  "wrong",
  Array.from({ length: 130 }, (_, index) => ({
    index,
    label: `<b>${index}</b>`,
    loss: index / 7,
    also: null,
  })),
  3,
);
run.table("wrong", [{ index: 1, label: hostile }], 4);
run.table(
  "long",
  Array.from({ length: 130 }, (_, index) => ({ index, label: `n${index}`, loss: index / 7 })),
  4,
);
run.audio("tone", new Float32Array(6000), { sampleRate: 8000 }, 4);
run.audio("long tone", new Int16Array(400_000), { sampleRate: 48_000 }, 4);
run.graph(tf.model({ inputs: input, outputs: dense(2, "answer").apply(sum) as tf.SymbolicTensor }));
run.finish();
const bare = openRun({ name: "bare", dir, sources: [] });
bare.log({ loss: 1 });
bare.finish();

const sources = (...runs: string[]) => ({ runs, sweeps: [] });
function shown(options: BoardOptions, ...runs: string[]) {
  const settings = boardSettings(options);
  const data = readBoard(sources(...(runs.length > 0 ? runs : [run.dir])), settings);
  return { data, settings, sections: sections(data, settings, panelStyle), remarks: remarks(data, settings) };
}
const rowsOf = (spec: Spec) => String((spec.data as { values: string }).values).split("\n");
const cardsOf = (options: BoardOptions) => shown(options).sections.flatMap(({ cards }) => cards);

describe("images", () => {
  const [digits, photo] = cardsOf({ kind: "images" }) as [Spec, Spec];

  it("stand in a column for each of some steps, the first and the last among them", () => {
    const cells = rowsOf(digits).slice(1);
    const steps = new Set(cells.map((cell) => Number(cell.split(",").at(-1))));
    expect(cells).toHaveLength(steps.size * 4);
    expect([Math.min(...steps), Math.max(...steps)]).toEqual([0, 19]);
    expect(digits.title).toMatchObject({
      text: "digits",
      subtitle: `28 × 28 px; ${steps.size} of 20 steps; the first 4 of 5 of a step`,
    });
  });

  it("keep their proportions, and are PNG files that are there", () => {
    expect(rowsOf(photo)[1]).toMatch(/,"?data:image\/png;base64,[\w+/=]+"?,92,31,0$/);
    const marks = (photo.layer as { mark: Spec }[]).map(({ mark }) => mark);
    expect(marks[0]).toMatchObject({ type: "image", width: 92, height: 31 });
  });

  it("are found by their tags", () => {
    expect(cardsOf({ kind: "images", tags: "phot" })).toHaveLength(1);
  });
});

describe("texts", () => {
  it("come newest first, lines as they were written", () => {
    const [card] = cardsOf({ kind: "text" }) as [Spec];
    expect(card.title).toMatchObject({ text: "notes", subtitle: "the newest 3 of 5" });
    const lines = rowsOf(card);
    expect(lines.slice(1, 5)).toEqual([
      "0,step 4:",
      "15,# Epoch 4",
      '45,"plain, ""quoted"""',
      `60,"${hostile.replaceAll('"', '""')}"`,
    ]);
    expect(lines.filter((line) => line.includes("step "))).toHaveLength(3);
  });
});

describe("tables", () => {
  it("are the newest of a tag, said to be cut where they are", () => {
    const [section] = shown({ kind: "tables" }).sections;
    expect(section?.contents).toMatchObject([
      {
        kind: "table",
        title: "wrong",
        note: "step 4, the newest of 2",
        table: { header: ["index", "label"], rows: [[1, hostile]] },
      },
      { title: "long", note: "step 4; the first 100 of 130 rows" },
    ]);
    const [, long] = section!.cards as [Spec, Spec];
    expect(rowsOf(long)).toHaveLength(1 + 3 * 21);
    expect(long.title).toMatchObject({ text: "long", subtitle: "step 4; the first 20 of 130 rows" });
  });

  it("are HTML in a notebook where nothing else was asked for, everything in them escaped", async () => {
    const { data, settings } = shown({ kind: ["tables", "audio"] });
    const html = String((await fullBundle(data, settings))["text/html"]);
    expect(html).toContain("&lt;/text&gt;&lt;script&gt;alert(");
    expect(html).not.toContain("<script");
    expect(html.match(/<table>/g)).toHaveLength(2);
    expect(html).toMatch(
      /step 4: 0.75 s, 8,000 Hz<br><audio controls preload="metadata" aria-label="tone, step 4" src="data:audio\/wav;base64,UklGR/,
    );
    expect(html).toContain("step 4: 8.33 s, 48,000 Hz, 0.8 MB: too long to be played here");
    const mixed = shown({ kind: ["tables", "images"] });
    expect((await fullBundle(mixed.data, mixed.settings))["text/html"]).toBeUndefined();
  });
});

describe("the graph", () => {
  it("names each layer, what it puts out and its parameters, once for runs of one model", () => {
    const { sections: drawn } = shown({ kind: "graph" }, run.dir, bare.dir);
    expect(drawn).toHaveLength(1);
    const card = drawn[0]?.cards[0] as Spec;
    expect(card.title).toMatchObject({ text: "with media", subtitle: "4 layers, 56 parameters" });
    const rows = rowsOf(card);
    expect(rows).toHaveLength(5);
    for (const text of ['"Dense [n, 6], 42"', '"Add [n, 6]"', '"Dense [n, 2], 14"'])
      expect(rows.join("\n")).toContain(text);
  });
});

describe("all of them", () => {
  const kind = ["images", "text", "tables", "audio", "graph"] as const;

  it("are valid Vega-Lite within the bytes of a notebook, and draw as SVG and PNG without anything loaded", async () => {
    const { data, settings } = shown({ kind });
    const spec = boardSpec(data, settings);
    expect(schemaErrors(spec)).toEqual([]);
    expect(JSON.stringify(spec).length).toBeLessThan(400_000);
    const bundle = await fullBundle(data, settings);
    const svg = String(bundle["image/svg+xml"]);
    expect(svg.match(/<image /g)?.length).toBeGreaterThan(8);
    expect(svg).not.toContain("<script");
    expect(svg).not.toContain(">null<");
    expect(Buffer.from(String(bundle["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
  });

  it("are written for terminals", () => {
    const { data, settings } = shown({ kind });
    const text = boardText(data, settings);
    expect(text).toContain("pictures digits of with media: 20 steps, 28 × 28 px");
    expect(text).toContain('text notes of with media, step 4:\n  # Epoch 4\n\n  plain, "quoted"');
    expect(text).toContain("table wrong of with media, step 4, the newest of 2:\nindex  label\n");
    expect(text).toContain("sound tone of with media, step 4: 0.75 s, 8,000 Hz");
    expect(text).toMatch(/sum +Add +\[n, 6\] +0 +input\d+, one/);
  });

  it("are told to be missing where a run has none", () => {
    expect(shown({ kind }, bare.dir).remarks).toEqual([
      "No pictures here; run.image records them.",
      "No texts here; run.text records them.",
      "No tables here; run.table records them.",
      "No sounds here; run.audio records them.",
      "No model graphs here; run.graph records them.",
    ]);
    expect(shown({ kind }).remarks).toEqual([]);
    expect(shown({}, bare.dir).data.runs[0]?.media).toBeUndefined();
  });
});
