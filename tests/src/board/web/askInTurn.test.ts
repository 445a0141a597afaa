import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AskInTurn, type Pauses } from "../../../../src/board/web/askInTurn.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A source whose answers take this long; its answer is the question, and the time at which it was asked. */
function slow(milliseconds: number, pauses: Pauses = {}) {
  const asked: string[] = [];
  const answers: string[] = [];
  const failures: string[] = [];
  let onTheWay = 0;
  let most = 0;
  const turns = new AskInTurn<string, string>({
    ...pauses,
    ask: async (question) => {
      asked.push(question);
      most = Math.max(most, ++onTheWay);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      onTheWay--;
      if (question === "bad") throw new Error("no answer");
      return question;
    },
    answered: (answer) => answers.push(answer),
    failed: ({ message }) => failures.push(message),
  });
  return { turns, asked, answers, failures, most: () => most };
}

describe("AskInTurn", () => {
  it("asks again while changes come faster than the pause, and no more often", async () => {
    const { turns, answers } = slow(5, { resting: 120, pause: 1500 });
    for (let version = 0; version < 40; version++) {
      turns.want("panels", String(version));
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(answers.length).toBeGreaterThanOrEqual(6);
    expect(answers.length).toBeLessThanOrEqual(8);
  });

  it("takes answers that are slower than changes, with one question on its way, and asks the last in the end", async () => {
    const { turns, asked, answers, most } = slow(1000);
    for (let version = 0; version < 40; version++) {
      turns.want(`points ${version}`, "");
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(most()).toBe(1);
    expect(answers.length).toBeGreaterThanOrEqual(8);
    await vi.advanceTimersByTimeAsync(5000);
    expect(answers.at(-1)).toBe("points 39");
    expect(answers).toEqual(asked);
  });

  it("waits until a person rests, though versions come meanwhile", async () => {
    const { turns, asked } = slow(5, { resting: 120, pause: 1500 });
    turns.want("", "0");
    for (const typed of ["l", "lo", "los", "loss"]) {
      turns.want(typed, "0");
      await vi.advanceTimersByTimeAsync(50);
      turns.want(typed, "1");
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual(["", "loss"]);
  });

  it("asks nothing twice, but for what failed", async () => {
    const { turns, asked, failures } = slow(5);
    for (const question of ["a", "a", "bad", "bad"]) {
      turns.want(question, "0");
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(asked).toEqual(["a", "bad", "bad"]);
    expect(failures).toEqual(["no answer", "no answer"]);
  });

  it("tells nobody anything once it is closed", async () => {
    const { turns, asked, answers } = slow(50);
    turns.want("a", "0");
    turns.close();
    turns.want("b", "0");
    await vi.advanceTimersByTimeAsync(500);
    expect([asked, answers]).toEqual([["a"], []]);
  });
});
