import { describe, expect, it } from "vitest";
import type { Section } from "../../../src/board/section.js";
import { shownCards } from "../../../src/board/shownCards.js";

const section = (title: string, verdicts: readonly (readonly string[])[]): Section => ({
  title,
  columns: 3,
  cards: verdicts.map((_, i) => ({ name: `${title}${i}` })),
  verdicts,
});
const all = [
  section("a", [[], ["one"], []]),
  {
    title: "plain",
    columns: 1,
    cards: [{ name: "p0" }, { name: "p1" }],
    contents: [undefined, undefined],
    steps: [undefined, undefined],
  },
  section("z", [[], ["two", "one"], ["three"]]),
];
const names = (count: number) =>
  shownCards(all, count).shown.map(({ title, cards }) => [title, cards.map(({ name }) => name)]);

describe("shownCards", () => {
  it("are all where there is room", () => {
    expect(shownCards(all, 8)).toEqual({ shown: all, left: 0, verdicts: [] });
    expect(shownCards([], 8)).toEqual({ shown: [], left: 0, verdicts: [] });
  });

  it("are those with verdicts first, in the order of all", () => {
    expect(names(3)).toEqual([
      ["a", ["a1"]],
      ["z", ["z1", "z2"]],
    ]);
    expect(names(5)).toEqual([
      ["a", ["a0", "a1", "a2"]],
      ["z", ["z1", "z2"]],
    ]);
    expect(names(6)).toContainEqual(["plain", ["p0"]]);
    expect(shownCards(all, 6)).toMatchObject({ left: 2, verdicts: [] });
    expect(shownCards(all, 6).shown[1]?.contents).toHaveLength(1);
    expect(shownCards(all, 6).shown[1]?.steps).toHaveLength(1);
  });

  it("tell the verdicts that no chart shows any more, each once", () => {
    expect(shownCards(all, 1)).toMatchObject({ left: 7, verdicts: ["two", "three"] });
    expect(shownCards(all, 2)).toMatchObject({ left: 6, verdicts: ["three"] });
    expect(shownCards(all, 0).verdicts).toEqual(["one", "two", "three"]);
  });
});
