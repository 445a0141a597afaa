import { expect, it } from "vitest";
import { sections } from "../../../src/board/content.js";
import { boardSettings } from "../../../src/board/options.js";
import { remarks } from "../../../src/board/remarks.js";
import { labelled } from "../../../src/board/series.js";
import { series, trainingRun } from "./exampleRuns.js";
import { panelStyle } from "./panelStyle.js";

const run = trainingRun("measured", { decay: 0.5 });
const system = new Map([
  ["system/load1", series([1, 2, 3])],
  ["system/gpu0/powerWatts", series([100, 200, 300])],
]);
const runs = labelled([{ ...run, system }, trainingRun("unmeasured", { decay: 0.5, seed: 2 })]);
const titles = (options: Parameters<typeof boardSettings>[0], of = runs) =>
  sections({ runs: of, sweeps: [] }, boardSettings(options), panelStyle).map(({ title }) => title);

it("names the runs whose process is gone", () => {
  const ended = labelled([
    { ...trainingRun("shot", { decay: 0.5 }), status: "killed" },
    { ...trainingRun("far", { decay: 0.5 }), status: "stale" },
    trainingRun("fine", { decay: 0.5 }),
  ]);
  const lines = remarks({ runs: ended, sweeps: [] }, boardSettings());
  expect(lines).toContain("Killed before the end: shot.");
  expect(lines).toContain("No sign of life for a minute, on another machine: far.");
  expect(lines.join("\n")).not.toContain("fine");
});

it("draws the machine's measurements for whoever asks, apart from the training's", () => {
  const plain = labelled([run, trainingRun("unmeasured", { decay: 0.5, seed: 2 })]);
  expect(titles({})).toEqual(titles({}, plain));
  expect(titles({ kind: "system" })).toEqual(["system"]);
  expect(titles({ kind: "system" }, plain)).toEqual([]);
  const [section] = sections({ runs, sweeps: [] }, boardSettings({ kind: "system" }), panelStyle);
  expect(section?.cards).toHaveLength(2);
  const drawn = JSON.stringify(section);
  expect(drawn).toContain("gpu0/powerWatts");
  expect(drawn).not.toContain("epoch/loss");
  const [filtered] = sections(
    { runs, sweeps: [] },
    boardSettings({ kind: "system", tags: "gpu" }),
    panelStyle,
  );
  expect(filtered?.cards).toHaveLength(1);
  expect(remarks({ runs, sweeps: [] }, boardSettings({ kind: "system" }))).toEqual(
    remarks({ runs: plain, sweeps: [] }, boardSettings({ kind: "system" })),
  );
});
