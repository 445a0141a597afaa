import { expect, it } from "vitest";
import { diffText, lineDiff } from "../../../src/base/lineDiff.js";
import { random } from "../../../src/base/random.js";

/** Length of the longest common subsequence, by the textbook's table. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  const row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    let corner = 0;
    b.forEach((other, j) => {
      const above = row[j + 1] as number;
      row[j + 1] = one === other ? corner + 1 : Math.max(above, row[j] as number);
      corner = above;
    });
  }
  return row[b.length] as number;
}

it("leads from one text to the other by the fewest lines, on 500 random pairs", () => {
  const source = random(7);
  const text = () =>
    Array.from(
      { length: Math.floor(source.next() * 12) + 1 },
      () => "abc"[Math.floor(source.next() * 3)] as string,
    );
  for (let round = 0; round < 500; round++) {
    const [a, b] = [text(), text()];
    const lines = lineDiff(a.join("\n"), b.join("\n"));
    const side = (left: string) => lines.filter(({ kind }) => kind !== left).map((line) => line.text);
    expect(side("added")).toEqual(a);
    expect(side("removed")).toEqual(b);
    expect(lines.filter(({ kind }) => kind === "same")).toHaveLength(commonLength(a, b));
  }
});

it("shows changes with their surroundings", () => {
  const lines = lineDiff("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10");
  expect(diffText(lines, 1)).toEqual(["  4", "- 5", "+ five", "  6", "  …", "  9", "+ 10"]);
  expect(diffText(lineDiff("same", "same"))).toEqual([]);
});

// A bound of the work, which grows with lines × changes: beyond it what the texts share is not looked for.
it.each([
  [500, 7],
  [501, 0],
])("of two texts of %d lines apart and 7 shared tells %d as the same", (apart, found) => {
  const text = (name: string) =>
    Array.from({ length: apart + 7 }, (_, i) => (i < apart ? `${name} ${i}` : `shared ${i}`)).join("\n");
  const kinds = lineDiff(text("a"), text("b")).map(({ kind }) => kind);
  const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  const changed = apart + 7 - found;
  expect([count("same"), count("removed"), count("added")]).toEqual([found, changed, changed]);
});
