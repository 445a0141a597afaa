import { describe, expect, it } from "vitest";
import { boardSettings } from "../../../src/board/options.js";
import { pageData } from "../../../src/board/pageData.js";
import { labelled } from "../../../src/board/series.js";
import { catalogue } from "../../../src/board/source/catalogue.js";
import { superseded } from "../../../src/board/superseded.js";
import { boardText } from "../../../src/board/text.js";
import { unpackBoard } from "../../../src/board/unpackBoard.js";
import { exampleRun, series } from "./exampleRuns.js";

const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const at = (all: number[]) =>
  series(
    all.map((step) => 1 / (step + 1)),
    all,
  );

// 1,564 points, then resumed twice at step 300.
const slow = exampleRun("slow", {
  "train/loss": at([...steps(0, 1564), ...steps(300, 350), ...steps(300, 350)]),
  "train/other": at(steps(0, 10)),
});
const sentence =
  "slow began anew at step 300: 1,314 earlier points of train/loss from that step on are neither drawn " +
  "nor counted by best; its files and exports have them.";

describe("superseded", () => {
  it("counts what a run wrote over, from the first step on at which it began anew", () => {
    expect(superseded("slow", slow)).toBe(sentence);
  });

  it("counts points of several tags together, and names some", () => {
    const tags = Object.fromEntries(["a", "b", "c", "d"].map((tag) => [tag, at([0, 1, 2, 1])]));
    expect(superseded("run", exampleRun("run", tags))).toMatch(
      /^run began anew at step 1: 8 earlier points of a, b, c and 1 more from/,
    );
    expect(superseded("run", exampleRun("run", { a: at([0, 1, 1, 2]) }))).toBeUndefined();
  });

  it("stands in the text, on the page, and once in a file that has the points no more", () => {
    const settings = boardSettings();
    const data = { runs: labelled([slow]), sweeps: [] };
    expect(boardText(data, settings)).toContain(sentence);
    const origin = { live: false, thinned: [], unread: 0 };
    expect(catalogue(data, settings, origin).remarks).toContain(sentence);
    const back = unpackBoard(pageData(data, settings, 1e6));
    expect(catalogue(back, settings, origin).remarks.filter((text) => text === sentence)).toHaveLength(1);
  });
});
