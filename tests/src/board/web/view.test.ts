import { describe, expect, it } from "vitest";
import { boardSettings } from "../../../../src/board/options.js";
import { hashOf, initialView, viewOf } from "../../../../src/board/web/view.js";

const initial = initialView(boardSettings({ tags: "loss" }));

describe("viewOf", () => {
  it("brings back what hashOf wrote, whatever was typed", () => {
    const view = {
      ...initial,
      tags: "^a&b=%2F<script>#",
      runs: "",
      hidden: ["run & <b>", "größe=1"],
      smoothing: 0.999,
      x: "wall",
      y: "log",
      outliers: "clip",
      histograms: "overlay",
      from: 10,
      to: 2e6,
      pinned: ["train/loss", "a#b"],
      colour: "/(a|b)/",
      theme: "dark",
    } as const;
    expect(viewOf(`#${hashOf(view, initial)}`, initial)).toEqual(view);
  });

  it("says nothing of what was not changed", () => {
    expect(hashOf(initial, initial)).toBe("");
    expect(viewOf("", initial)).toEqual(initial);
  });

  it("says that a filter was emptied", () => {
    const emptied = { ...initial, tags: "" };
    expect(viewOf(hashOf(emptied, initial), initial)).toEqual(emptied);
  });

  it("leaves what it cannot read as it was", () => {
    expect(viewOf("#x=sideways&smoothing=7&theme=mauve&y=&from=abc", initial)).toEqual(initial);
  });
});
