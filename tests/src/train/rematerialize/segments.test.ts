import { describe, expect, it } from "vitest";
import { random } from "../../../../src/base/random.js";
import type { Cut, Cuts } from "../../../../src/train/rematerialize/cuts.js";
import { evenCuts, leastCuts, rootCuts } from "../../../../src/train/rematerialize/segments.js";

interface Piece {
  readonly own: number;
  readonly piece: number;
}

const cutsWith = (pieces: readonly Piece[], rest: number): Cuts => ({
  cuts: pieces.map(
    (piece, index) => ({ ...piece, index, layer: `${index}`, isKept: true }) as unknown as Cut,
  ),
  rest,
});
const equal = (count: number) =>
  cutsWith(
    Array.from({ length: count - 1 }, () => ({ own: 1, piece: 1 })),
    1,
  );
const places = (cuts: readonly Cut[]) => cuts.map(({ index }) => index);

/** The tensors at the cuts, and the greatest segment. */
function heldBy({ cuts, rest }: Cuts, chosen: ReadonlySet<number>): { atCuts: number; greatest: number } {
  const segments = [0];
  let atCuts = 0;
  cuts.forEach(({ piece, own }, i) => {
    segments.push((segments.pop() as number) + piece);
    if (!chosen.has(i)) return;
    segments.push(0);
    atCuts += own;
  });
  segments.push((segments.pop() as number) + rest);
  return { atCuts, greatest: Math.max(...segments) };
}

/** Every set of cuts. */
function allChoices({ cuts }: Cuts): Set<number>[] {
  return Array.from({ length: 2 ** cuts.length }, (_, bits) => {
    const chosen = cuts.flatMap((_, i) => ((bits >> i) & 1 ? [i] : []));
    return new Set(chosen);
  });
}

const source = random(5);
const whole = (most: number) => 1 + source.integer(most);
const examples = Array.from({ length: 20 }, () =>
  cutsWith(
    Array.from({ length: whole(8) }, () => ({ own: whole(9), piece: whole(50) })),
    whole(50),
  ),
);

describe.each(examples.map((example) => [example]))("of %j", (all) => {
  it("no other cuts into so many segments have a smaller greatest one", () => {
    for (let segments = 1; segments <= all.cuts.length + 2; segments++) {
      const chosen = new Set(places(evenCuts(all, segments)));
      expect(chosen.size).toBeLessThan(segments);
      const others = allChoices(all).filter(({ size }) => size < segments);
      const least = Math.min(...others.map((other) => heldBy(all, other).greatest));
      expect(heldBy(all, chosen).greatest).toBe(least);
    }
  });

  it("what holds least is the best of those for each number of segments", () => {
    const held = (chosen: readonly Cut[]) => {
      const { atCuts, greatest } = heldBy(all, new Set(places(chosen)));
      return atCuts + greatest;
    };
    const choices = Array.from({ length: all.cuts.length + 1 }, (_, i) => evenCuts(all, i + 1));
    expect(held(leastCuts(all))).toBe(Math.min(...choices.map(held)));
  });
});

it("part a stack of equal layers evenly", () => {
  expect(places(evenCuts(equal(12), 3))).toEqual([3, 7]);
  expect(places(rootCuts(equal(16)))).toEqual([3, 7, 11]);
  expect(leastCuts(equal(100))).toHaveLength(9);
});

it("keep everything where cutting would hold more", () => {
  expect(leastCuts(equal(2))).toEqual([]);
});

it("lie behind what is computed with the layer before, if there is another place", () => {
  const { cuts, rest } = equal(3);
  const [first, second] = cuts as [Cut, Cut];
  expect(places(evenCuts({ cuts: [{ ...first, isKept: false, piece: 0 }, second], rest }, 2))).toEqual([1]);
  expect(places(evenCuts({ cuts: [{ ...first, isKept: false }], rest }, 2))).toEqual([0]);
});
