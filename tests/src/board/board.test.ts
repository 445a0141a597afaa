import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MimeBundle } from "../../../src/base/host.js";
import { board } from "../../../src/board/board.js";
import { draw, stopDrawing } from "../../../src/board/render/drawing.js";
import { serveBoard } from "../../../src/board/server/serveBoard.js";
import { boardText } from "../../../src/board/text.js";
import { exampleRun, exampleSweep, series, trainingRun } from "./exampleRuns.js";
import { schemaErrors } from "./vegaLiteSchema.js";
import { writeRun } from "./writtenRuns.js";
import { writeSweep } from "./writtenSweep.js";

const folder = mkdtempSync(join(tmpdir(), "board-"));
const runsDir = join(folder, "runs");
const sweepsDir = join(folder, "sweeps");
const here = { runsDir, sweepsDir };

beforeAll(() => {
  writeRun(trainingRun("deep-sigmoid", { decay: 0.17 }), runsDir);
  writeRun(trainingRun("deep-relu", { decay: 0.9, seed: 2 }), runsDir);
});
afterAll(async () => {
  await stopDrawing();
  rmSync(folder, { recursive: true });
});

const bytes = (bundle: MimeBundle) =>
  Object.values(bundle).reduce<number>(
    (sum, content) =>
      sum + Buffer.byteLength(typeof content === "string" ? content : JSON.stringify(content)),
    0,
  );

/** Width, height and how many pixels have another colour than the first. */
function pngFacts(png: Buffer): { width: number; height: number; drawn: number } {
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const rows = inflateSync(Buffer.concat(data));
  expect(rows.length).toBe((width + 1) * height);
  const first = rows[1];
  let drawn = 0;
  for (let i = 0; i < rows.length; i++) if (i % (width + 1) !== 0 && rows[i] !== first) drawn++;
  return { width, height, drawn };
}

describe("board", () => {
  it("shows itself as one bundle of at most 1 MB, the same each time, off the main thread", async () => {
    const shown = await board([], here);
    await shown.liveBundle();
    const before = performance.eventLoopUtilization();
    const bundle = await shown.toMimeBundle();
    // The share of the time this thread's loop was busy: nearly none, however busy the machine is.
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.15);
    expect(Object.keys(bundle).sort()).toEqual([
      "application/vnd.vegalite.v5+json",
      "image/png",
      "image/svg+xml",
      "text/plain",
    ]);
    expect(bytes(bundle)).toBeLessThan(1_000_000);
    expect(schemaErrors(bundle["application/vnd.vegalite.v5+json"])).toEqual([]);
    const { width, height, drawn } = pngFacts(Buffer.from(String(bundle["image/png"]), "base64"));
    expect(width).toBeGreaterThan(800);
    expect(drawn / (width * height)).toBeGreaterThan(0.05);
    expect(bundle["image/svg+xml"]).toMatch(/^<svg role="img" aria-label="Board of charts: epoch/);
    expect(bundle["text/plain"]).toContain("mean |g| of deep-sigmoid, input side first: dense_1 ");
    expect(await shown.toMimeBundle()).toEqual(bundle);
  });

  it("has a live form of specification and text only, which follows the files", async () => {
    const dir = writeRun(exampleRun("growing", { "train/loss": series([3, 2, 1]) }), join(folder, "live"));
    const shown = await board({ dir }, here);
    const first = await shown.liveBundle();
    expect(Object.keys(first)).toEqual(["application/vnd.vegalite.v5+json", "text/plain"]);
    expect(first["text/plain"]).toMatch(/train\/loss {2}growing +1 +1 +3 +3 {2}/);
    rmSync(dir, { recursive: true });
    expect((await shown.liveBundle())["text/plain"]).toBe(
      `${dir} is gone, removed or renamed since it was found.`,
    );
  });

  it("finds runs by name, glob, folder and object, and names the nearest of an unknown one", async () => {
    const names = async (...given: Parameters<typeof board>) =>
      (await board(...given)).sources.runs.map((dir) => dir.replace(/^.*\/|-[^-]*$/g, ""));
    expect(await names("deep-relu", here)).toEqual(["deep-relu"]);
    expect(await names("deep-*", here)).toEqual(["deep-sigmoid", "deep-relu"]);
    const [dir = ""] = (await board("deep-relu", here)).sources.runs;
    expect(await names([dir, { dir }], here)).toEqual(["deep-relu"]);
    await expect(board("deep-rely", here)).rejects.toThrow(
      '"deep-rely" is none: the nearest are "deep-relu"',
    );
    await expect(board("x", { ...here, runsDir: join(folder, "no") })).rejects.toThrow("there are none in");
    await expect(board([3 as never], here)).rejects.toThrow(TypeError);
    await expect(board({ dir: undefined }, here)).rejects.toThrow("without a folder");
  });

  it("shows a sweep by its name, with its trials as the journal tells them", async () => {
    writeSweep(exampleSweep(), sweepsDir);
    const shown = await board("mnist-mlp", here);
    expect([shown.sources.runs.length, shown.sources.sweeps.length]).toEqual([0, 1]);
    const bundle = await shown.liveBundle();
    expect(bundle["text/plain"]).toBe(boardText({ runs: [], sweeps: [exampleSweep()] }, shown.settings));
    await expect(board("mnist-mpl", here)).rejects.toThrow('the nearest are "mnist-mlp"');
  });

  it("says in one sentence that a sweep was removed, and where it looked when there is nothing", async () => {
    const gone = writeSweep({ ...exampleSweep(3), name: "gone" }, sweepsDir);
    const shown = await board("gone", here);
    rmSync(gone, { recursive: true });
    const bundle = await shown.toMimeBundle();
    expect(bundle["text/plain"]).toBe(`${gone} is gone, removed or renamed since it was found.`);
    expect(bundle["image/svg+xml"]).toContain("removed or renamed");
    await expect(board(gone, here)).rejects.toThrow(
      `board needs a run's or sweep's folder, with its run.json or sweep.json; ${gone} is not there: `,
    );
    const [dir = ""] = (await board("deep-relu", here)).sources.runs;
    await expect(board(dir.replace("deep-relu", "deep-rely"), here)).rejects.toThrow(
      `is not there: the nearest are "${basename(dir)}"`,
    );
    await expect(board(folder, here)).rejects.toThrow(`${folder} holds neither`);
    const nowhere = { runsDir: join(folder, "no-runs"), sweepsDir: join(folder, "no-sweeps") };
    expect(await (await board([], nowhere)).toText()).toBe(
      `No run was found in ${nowhere.runsDir}, and no sweep in ${nowhere.sweepsDir}.`,
    );
  });

  it("says why where no trial of a sweep has a value", async () => {
    const { trials, ...sweep } = exampleSweep(3);
    const failed = trials.map((trial) => ({
      ...trial,
      state: "failed" as const,
      value: Number.NaN,
      intermediate: [],
      error: "no such data\n    at load",
    }));
    const draw = async (name: string, made: typeof trials) => {
      writeSweep({ ...sweep, name, trials: made }, sweepsDir);
      return (await board(name, here)).toMimeBundle();
    };
    const all = await draw("all-failed", failed);
    expect(all["image/svg+xml"]).toContain("all 3 trials failed: no such data<");
    expect(String(all["image/png"]).length).toBeGreaterThan(500);
    const running = failed.map((trial) => ({ ...trial, state: "running" as const }));
    expect((await draw("running", running))["image/svg+xml"]).toContain(
      "no trial has a value yet (3 running)<",
    );
    expect((await draw("empty", []))["image/svg+xml"]).toContain("no trial has a value yet<");
  });

  it("draws the runs of a sweep's trials when they are asked for, by kind, by tag or by name", async () => {
    const inside = { runsDir: join(folder, "trials"), sweepsDir: join(folder, "trial-sweeps") };
    const sweep = { ...exampleSweep(3), name: "small" };
    const runs = sweep.trials.map(({ number }) =>
      writeRun(
        exampleRun(`small-${number}`, { "train/loss": series([number, 1]) }, {}, { group: "small" }),
        inside.runsDir,
      ),
    );
    writeRun(exampleRun("small-after", { "train/loss": series([9, 8]) }), inside.runsDir);
    const dir = writeSweep(sweep, inside.sweepsDir, runs);
    const textOf = async (...given: Parameters<typeof board>) => (await board(...given)).toText();
    const shown = (text: string) =>
      [...text.matchAll(/train\/loss +(small-\w+)/g)].map(([, name]) => name).sort();

    for (const input of ["small", dir, { dir }]) {
      const text = await textOf(input, inside);
      expect(shown(text)).toEqual([]);
      expect(text).toMatch(
        /The 3 runs of its trials are drawn when asked for: all with --kind scalars, one by its name, such as small-[012]\./,
      );
    }
    expect(shown(await textOf("small*", inside))).toEqual(["small-after"]);
    expect(shown(await textOf(["small", "small-1"], inside))).toEqual(["small-1"]);
    expect(await textOf(["small", "small-1"], inside)).toContain("The 2 runs of its trials");
    for (const options of [{ kind: "scalars" }, { tags: "loss" }] as const) {
      const text = await textOf("small", { ...inside, ...options });
      expect(shown(text)).toEqual(["small-0", "small-1", "small-2"]);
      expect(text).not.toContain("drawn when asked for");
    }
    expect(shown(await textOf("small", { ...inside, kind: "hparams" }))).toEqual([]);
    const spec = JSON.stringify(
      (await (await board("small", inside)).liveBundle())["application/vnd.vegalite.v5+json"],
    );
    expect(spec).toContain("The 3 runs of its trials");
    expect(spec).not.toContain('"text":"train"');
  });

  it("refuses what it cannot draw", async () => {
    await expect(board([], { ...here, kind: "mesh" as never })).rejects.toThrow('cannot draw "mesh"');
    await expect(board([], { ...here, kinds: ["text"] } as never)).rejects.toThrow(
      'board needs options it knows; it was given "kinds", the nearest is "kind"',
    );
    await expect(serveBoard([], { ...here, html: "x.html" } as never)).rejects.toThrow(
      /^serveBoard needs options it knows .*; it was given "html"/,
    );
    await expect(board([], { ...here, smoothing: 1 })).rejects.toThrow(
      "smoothing from 0 to 0.999; it was given 1",
    );
    await expect(board([], { ...here, tags: "(" })).rejects.toThrow(SyntaxError);
    await expect(board([], { ...here, x: "time" as never })).rejects.toThrow("step, relative or wall");
    await expect(board([], { ...here, outliers: "hide" as never })).rejects.toThrow(
      'outliers to be show or clip; it was given "hide"',
    );
    await expect(board([], { ...here, histograms: "ridges" as never })).rejects.toThrow("offset or overlay");
  });

  it("reports an error of the drawing thread as one", async () => {
    const settings = (await board([], here)).settings;
    const wrong = { ...settings, tags: { source: "(", flags: "" } };
    const sources = (await board([], here)).sources;
    await expect(draw({ what: "live", sources, settings: wrong })).rejects.toThrow(/regular expression/i);
    await stopDrawing();
    expect((await (await board([], here)).liveBundle())["text/plain"]).toContain("deep-relu");
  });

  it("writes one page with nothing to load, its data unable to end a script", async () => {
    const evil = "</script><script>alert(1)</script>";
    const dir = writeRun(exampleRun(evil, { [evil]: series([1, 2]) }), join(folder, "evil"));
    const file = await (await board(dir, here)).writeHtml(join(folder, "new", "page.html"));
    const html = readFileSync(file, "utf8");
    expect(html.includes("<script>alert(1)")).toBe(false);
    expect(html.includes(folder)).toBe(false);
    expect(html.match(/<script/g)?.length).toBe(html.match(/<\/script>/g)?.length);
    expect(html.slice(0, 1000)).toContain("default-src 'none'");
  });
});
