import { describe, expect, it } from "vitest";
import { boardSettings } from "../../../../src/board/options.js";
import { shownSweeps } from "../../../../src/board/web/shownSweeps.js";
import { initialView } from "../../../../src/board/web/view.js";

const sweeps = [
  { name: "train", metric: "valAccuracy" },
  { name: "mnist-mlp", metric: "valLoss" },
];

describe("shownSweeps", () => {
  const settings = boardSettings();
  const view = initialView(settings);
  const shown = (part: Partial<typeof view>) => shownSweeps({ sweeps, settings }, { ...view, ...part });

  it("are all of them at first, and none when they are switched off", () => {
    expect(shown({})).toEqual([0, 1]);
    expect(shown({ sweeps: "hide" })).toEqual([]);
  });

  it("are those whose name the filter of runs finds, and whose metric the filter of tags does", () => {
    expect(shown({ runs: "zzz" })).toEqual([]);
    expect(shown({ runs: "^mnist" })).toEqual([1]);
    expect(shown({ tags: "nothing" })).toEqual([]);
    expect(shown({ tags: "Accuracy" })).toEqual([0]);
    expect(shown({ runs: "(" })).toEqual([0, 1]);
  });

  it("are not hidden by the tags that the board was asked for", () => {
    const asked = boardSettings({ tags: "gradient" });
    expect(shownSweeps({ sweeps, settings: asked }, initialView(asked))).toEqual([0, 1]);
  });
});
