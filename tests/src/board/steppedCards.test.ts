import { expect, it } from "vitest";
import { steppedCards } from "../../../src/board/steppedCards.js";

const one = (step: number, ...names: string[]) => ({ step, names });
const charts = ({ step, names }: ReturnType<typeof one>) =>
  names.map((name) => [name, { title: `${name} ${step}` }] as const);

it("is a card for each chart, of the newest step, with the others behind it", () => {
  expect(steppedCards([one(9, "a", "b"), one(4, "a", "b", "c"), one(1, "a")], charts)).toEqual([
    {
      card: { title: "a 9" },
      steps: { name: "a", steps: [1, 4, 9], specs: [{ title: "a 1" }, { title: "a 4" }, { title: "a 9" }] },
    },
    {
      card: { title: "b 9" },
      steps: { name: "b", steps: [4, 9], specs: [{ title: "b 4" }, { title: "b 9" }] },
    },
    { card: { title: "c 4" } },
  ]);
  expect(steppedCards([], charts)).toEqual([]);
});

it("leaves out what a restarted run wrote anew", () => {
  const [card] = steppedCards([one(2, "a"), one(2, "a"), one(1, "a"), one(3, "a"), one(0, "a")], charts);
  expect(card?.steps?.steps).toEqual([0, 1, 2]);
});

it("has of many steps as many as have room, the newest and the first among them, and counts all", () => {
  const recorded = Array.from({ length: 320 }, (_, i) => one(319 - i, "a"));
  let drawn = 0;
  const counted = (given: ReturnType<typeof one>) => {
    drawn++;
    return charts(given);
  };
  const [many] = steppedCards(recorded, counted);
  expect(drawn).toBe(16);
  expect(many?.steps?.steps).toHaveLength(16);
  expect([many?.steps?.steps[0], many?.steps?.steps.at(-1), many?.steps?.of]).toEqual([0, 319, 320]);
  const weight = JSON.stringify(charts(recorded[0] as ReturnType<typeof one>)).length;
  expect(steppedCards(recorded, charts, 5 * weight)[0]?.steps?.steps).toHaveLength(5);
  expect(steppedCards(recorded, charts, 1)[0]?.steps?.steps).toEqual([0, 319]);
  expect(steppedCards(recorded.slice(-2), charts)[0]?.steps).not.toHaveProperty("of");
});
