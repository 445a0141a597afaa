import { expect, it } from "vitest";
import { cardKeys, singleNames } from "../../../../src/board/web/cardKeys.js";

const card = (text: string) => ({ title: { text } });
const stepped = (name: string) => ({ name, steps: [1, 2], specs: [card(name), card(name)] });

it("knows a card by what it is of, wherever it stands and whatever step it shows", () => {
  const both = cardKeys({
    cards: [card("curves"), card("a, the newest of 2"), card("b, the newest of 2")],
    steps: [undefined, stepped("a: confusion matrix"), stepped("b: confusion matrix")],
  });
  expect(new Set(both).size).toBe(3);
  const [alone] = cardKeys({ cards: [card("b, step 7")], steps: [stepped("b: confusion matrix")] });
  expect(alone).toBe(both[2]);
  expect(cardKeys({ cards: [card("pr, step 1")] })).toEqual(cardKeys({ cards: [card("pr, step 20")] }));
});

it("keeps apart what has one name", () => {
  const keys = singleNames(["a", "a", "b", "a"]);
  expect(new Set(keys).size).toBe(4);
  expect(singleNames(["a", "b"])).toEqual([keys[0], keys[2]]);
});
