import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { MimeBundle } from "../../../../src/base/host.js";
import { boardSettings } from "../../../../src/board/options.js";
import { beginDrawing, type Drawn, draw, stopDrawing } from "../../../../src/board/render/drawing.js";
import type { DrawQuestion } from "../../../../src/board/render/thread.js";
import { runData } from "../../doctor/recordedRuns.js";
import { recorded, vanishing } from "../diagnosedRuns.js";
import { writeRun } from "../writtenRuns.js";

afterAll(() => stopDrawing());

const gone = "/no/such/run";
const live: DrawQuestion = {
  what: "live",
  sources: { runs: [gone], sweeps: [] },
  settings: boardSettings(),
};
/** It takes the thread far longer than to be ended. */
const long: DrawQuestion = {
  what: "chart",
  spec: {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    data: { values: Array.from({ length: 100_000 }, (_, x) => ({ x, y: x % 97 })) },
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } },
  },
  text: "",
};
const bad: DrawQuestion = { what: "chart", spec: {}, text: "" };

describe("beginDrawing", () => {
  it("gives the answer in a turn of the event loop, once", async () => {
    const answers: Drawn[] = [];
    const drawing = await new Promise<ReturnType<typeof beginDrawing>>((resolve) => {
      const begun = beginDrawing(live, (drawn) => {
        answers.push(drawn);
        resolve(begun);
      });
    });
    drawing.poll();
    expect(answers).toHaveLength(1);
    expect(JSON.stringify(answers)).toContain(`${gone} is gone`);
  });

  it("gives it by polling where the event loop has no turn", () => {
    const answers: Drawn[] = [];
    const drawing = beginDrawing(live, (drawn) => answers.push(drawn));
    const end = performance.now() + 60_000;
    while (answers.length === 0 && performance.now() < end) drawing.poll();
    expect(JSON.stringify(answers)).toContain(`${gone} is gone`);
  });
});

describe("draw", () => {
  it("rejects with what the thread threw, and with its end, which the next question survives", async () => {
    await expect(draw(bad)).rejects.toThrow("Invalid specification");
    const cut = draw(long);
    const told = expect(cut).rejects.toThrow("the drawing thread ended");
    await stopDrawing();
    await told;
    expect(JSON.stringify(await draw(live))).toContain("is gone");
  });

  it("does not wait for the doctor where it is for a moment only, and has what he says the next time", async () => {
    const folder = mkdtempSync(join(tmpdir(), "drawing-"));
    try {
      const runs = [writeRun(runData(recorded(vanishing)), folder)];
      const text = async (what: "passing" | "live") => {
        const drawn = await draw({ what, sources: { runs, sweeps: [] }, settings: boardSettings() });
        return String((drawn as MimeBundle)["text/plain"]);
      };
      expect(await text("passing")).not.toContain("VanishingGradient");
      expect(await text("passing")).toContain("VanishingGradient");
      await stopDrawing();
      expect(await text("live")).toContain("VanishingGradient");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
