import { describe, expect, it } from "vitest";
import { boardSettings } from "../../../../src/board/options.js";
import {
  expressionFault,
  expressionOf,
  hashOf,
  initialView,
  viewOf,
} from "../../../../src/board/web/view.js";

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
      picked: ["histograms", "images"],
      sweeps: "hide",
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

  it("says that no kind is picked, and leaves out kinds that there are none of", () => {
    const none = { ...initial, picked: [] };
    expect(viewOf(hashOf(none, initial), initial)).toEqual(none);
    expect(viewOf("#kinds=text,nonsense,images", initial).picked).toEqual(["images", "text"]);
  });

  it("says that a filter was emptied", () => {
    const emptied = { ...initial, tags: "" };
    expect(viewOf(hashOf(emptied, initial), initial)).toEqual(emptied);
  });

  it("leaves what it cannot read as it was", () => {
    expect(viewOf("#x=sideways&smoothing=7&theme=mauve&y=&from=abc", initial)).toEqual(initial);
  });
});

describe("expressionOf", () => {
  it("finds whatever the case, until a capital is typed", () => {
    expect(expressionOf("loss")?.test("epoch/valLoss")).toBe(true);
    expect(expressionOf("Loss")?.test("epoch/loss")).toBe(false);
    expect(expressionOf("(")).toBeUndefined();
  });
});

describe("expressionFault", () => {
  it("says what is wrong, and nothing of what is an expression", () => {
    expect(expressionFault("train|loss")).toBe("");
    expect(expressionFault("(")).toBe("Unterminated group");
  });
});
