import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { board } from "../../../../src/board/board.js";
import type { Spec } from "../../../../src/board/inlineData.js";
import { boardSettings } from "../../../../src/board/options.js";
import { page } from "../../../../src/board/page.js";
import { unplacedVerdicts } from "../../../../src/board/remarks.js";
import { stopDrawing } from "../../../../src/board/render/drawing.js";
import { boardSpec } from "../../../../src/board/spec.js";
import { boardText } from "../../../../src/board/text.js";
import { runData } from "../../doctor/recordedRuns.js";
import { diagnosed, overfitted, recorded, sound, vanishing } from "../diagnosedRuns.js";
import { series } from "../exampleRuns.js";
import { schemaErrors } from "../vegaLiteSchema.js";
import { writeRun } from "../writtenRuns.js";

/** The charts with flags, by their titles, with the shape, the place and the text of each flag. */
function flagged(part: unknown, title = ""): [string, string, string][] {
  if (Array.isArray(part)) return part.flatMap((one) => flagged(one, title));
  if (typeof part !== "object" || part === null) return [];
  const { mark, data, ...rest } = part as { mark?: Spec; data?: { values?: unknown } } & Spec;
  const own = String((rest.title as Spec | undefined)?.text ?? title);
  const text = String(data?.values ?? "");
  if (mark?.type === "point" && text.startsWith("x,problem"))
    return [[own, String(mark.shape), text.split("\n")[1] ?? ""]];
  return Object.values(rest).flatMap((one) => flagged(one, own));
}

const settings = boardSettings();

describe("verdicts on inline charts", () => {
  it("stand where a really vanishing run's gradients are, in its first layer's line", () => {
    const data = { runs: diagnosed(vanishing), sweeps: [] };
    const spec = boardSpec(data, settings);
    expect(schemaErrors(spec)).toEqual([]);
    const found = flagged(spec);
    const inHeatMap = found.filter(([title]) => title === vanishing);
    expect(inHeatMap.map(([, shape]) => shape)).toEqual(["triangle-down"]);
    expect(inHeatMap[0]?.[2]).toMatch(
      /^0,VanishingGradient,VG3 mnist sigmoid deep#0 \(error\),.*shrinks about .*Use ReLU instead of sigmoid/,
    );
    // Its evidence is the accuracy too.
    expect(found.filter(([title]) => title === "accuracy").map(([, , text]) => text.split(",")[1])).toContain(
      "VanishingGradient",
    );
    expect(unplacedVerdicts(data.runs, settings)).toEqual([]);
  });

  it("stand at the epoch at which overfitting began, on its two losses", () => {
    const found = flagged(boardSpec({ runs: diagnosed(overfitted), sweeps: [] }, settings));
    const [title, shape, text = ""] = found[0] ?? [];
    expect([title, shape]).toEqual(["loss", "diamond"]);
    // The epoch of the least validation loss, as the doctor's oracle has it.
    const losses = recorded(overfitted).epochs.valLoss.map(Number);
    expect(Number(text.split(",")[0])).toBe(losses.indexOf(Math.min(...losses)) + 1);
  });

  it("are not there for a healthy run, in charts, remarks and text", () => {
    const data = { runs: diagnosed(sound), sweeps: [] };
    expect(flagged(boardSpec(data, settings))).toEqual([]);
    expect(unplacedVerdicts(data.runs, settings)).toEqual([]);
    expect(boardText(data, settings)).not.toMatch(/[✗!] |doctor/);
  });

  it("stand in a line where no chart of their evidence is shown, and always in the text", () => {
    const runs = diagnosed(overfitted);
    const other = boardSettings({ tags: "train/loss" });
    expect(unplacedVerdicts(runs, other)).toEqual([
      expect.stringMatching(
        /^! Overfit of OF1 mnist 200 rows#0, from epoch \d+ \(warning\): From epoch .* First: Stop early/,
      ),
    ]);
    expect(JSON.stringify(boardSpec({ runs, sweeps: [] }, other))).toContain("! Overfit of OF1");
    expect(boardText({ runs, sweeps: [] }, settings)).toContain("! Overfit of OF1");
  });

  it("keep their charts where not all fit, and stand in lines where not even those do", () => {
    const [run] = diagnosed(vanishing);
    if (!run) throw new Error("the run is not there");
    const others = Array.from({ length: 60 }, (_, i) => [`a${i}/x`, series([1, 2, i])] as const);
    const data = {
      runs: [
        { ...run, data: { ...run.data, scalars: new Map([...others, ...run.data.scalars]) } },
        ...diagnosed(overfitted),
      ],
      sweeps: [],
    };
    const all = flagged(boardSpec(data, settings, { limits: { bytes: 10_000_000, cards: 1000 } }));
    const cut = boardSpec(data, settings);
    expect(JSON.stringify(cut)).toMatch(/\d+ more charts/);
    expect(flagged(cut).map(([title]) => title)).toEqual(all.map(([title]) => title));
    const two = boardSpec(data, settings, { limits: { bytes: 10_000_000, cards: 1 } });
    expect(flagged(two).map(([, , text]) => text)).toEqual([expect.stringContaining("Overfit")]);
    expect((two.title as { text: string[] }).text).toEqual(
      expect.arrayContaining([expect.stringMatching(/^✗ VanishingGradient of VG3 /)]),
    );
  });

  it("come from the files, and travel with the page and its file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "verdicts-"));
    try {
      const dir = writeRun(runData(recorded(vanishing)), folder);
      const text = await (await board(dir)).toText();
      expect(text).toContain(`✗ VanishingGradient of ${vanishing} in dense_1, from step 0 (error)`);
      expect(page({ runs: diagnosed(vanishing), sweeps: [] }, settings)).toContain(
        '"verdicts":[{"problem":"VanishingGradient","severity":"error"',
      );
    } finally {
      await stopDrawing();
      rmSync(folder, { recursive: true });
    }
  });
});
