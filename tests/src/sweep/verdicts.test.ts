import { expect, test } from "vitest";
import type { JournalRecord } from "../../../src/sweep/journalRecord.js";
import type { PruningDecision } from "../../../src/sweep/pruners/pruner.js";
import { TrialTable } from "../../../src/sweep/trialTable.js";
import { Verdicts } from "../../../src/sweep/verdicts.js";
import { ask, report, tell } from "./journalEvents.js";

/** Verdicts of a pruner that looks at every second step, and prunes what is above all others there. */
function scene(repeatable: boolean) {
  const table = new TrialTable();
  const decisions: PruningDecision[] = [];
  let now = 100;
  const verdicts = new Verdicts(table, {
    pruner: {
      name: "worst",
      options: {},
      decisionStep: (reports) => {
        const step = reports.at(-1)?.[0] ?? 0;
        return step > 0 && step % 2 === 0 ? step : undefined;
      },
      shouldPrune: (decision) => {
        decisions.push(decision);
        const own = decision.reports.at(-1)?.[1] ?? 0;
        return decision.others.length > 0 && decision.others.every((other) => (other.at(-1)?.[1] ?? 0) < own);
      },
    },
    direction: "minimize",
    repeatable,
    clock: { wallTime: () => now },
  });
  const write = (...records: JournalRecord[]) => {
    for (const record of records) table.apply(record);
    verdicts.changed();
  };
  const pass = (seconds: number) => {
    now += seconds;
  };
  return { verdicts, write, decisions, pass };
}

/** What a promise came to by now; "waits" when it has not. */
const byNow = (promise: Promise<number | undefined>) =>
  Promise.race([promise, new Promise<"waits">((resolve) => setImmediate(() => resolve("waits")))]);

test("a report that the pruner does not look at lets the trial go on", async () => {
  const { verdicts, write, decisions } = scene(true);
  write(ask(0), ask(1), report(1, 1, 5));
  expect(await byNow(verdicts.prunedAt(1))).toBeUndefined();
  expect(decisions).toEqual([]);
});

test("repeatable: waits until every trial below has come as far, and sees no more than that", async () => {
  const { verdicts, write, decisions, pass } = scene(true);
  write(ask(0), ask(1), ask(2), ask(3), report(2, 2, 7), report(3, 2, 9));
  const verdict = verdicts.prunedAt(2);
  pass(3);
  write(report(0, 1, 1), report(1, 2, 2));
  expect(await byNow(verdict)).toBe("waits");
  pass(4);
  write(report(2, 3, 0), report(0, 3, 1), report(0, 4, 50));
  expect(await verdict).toBe(2);
  expect(decisions).toEqual([
    {
      step: 2,
      reports: [[2, 7]],
      others: [
        [
          [1, 1],
          [3, 1],
        ],
        [[2, 2]],
      ],
      direction: "minimize",
    },
  ]);
  expect(verdicts.waited).toBe(7);
});

test("repeatable: a trial below that ended is not waited for, and not seen where it did not get", async () => {
  const { verdicts, write, decisions } = scene(true);
  write(ask(0), ask(1), report(0, 1, 1), report(1, 2, 3));
  const verdict = verdicts.prunedAt(1);
  expect(await byNow(verdict)).toBe("waits");
  write(tell(0, "failed"));
  expect(await verdict).toBeUndefined();
  expect(decisions[0]?.others).toEqual([]);
});

test("first-come: sees all that is known, and waits for nobody", async () => {
  const { verdicts, write, decisions } = scene(false);
  write(ask(0), ask(1), ask(2), report(2, 2, 1), report(1, 2, 3));
  expect(await byNow(verdicts.prunedAt(1))).toBe(2);
  expect(decisions[0]?.others).toEqual([[[2, 1]]]);
  expect(verdicts.waited).toBe(0);
});

test("who waits when the sweep stops goes on, unjudged", async () => {
  const { verdicts, write, decisions } = scene(true);
  write(ask(0), ask(1), report(1, 2, 3));
  const verdict = verdicts.prunedAt(1);
  expect(await byNow(verdict)).toBe("waits");
  verdicts.stop();
  expect(await verdict).toBeUndefined();
  write(report(0, 2, 1));
  expect(await byNow(verdicts.prunedAt(1))).toBeUndefined();
  expect(decisions).toEqual([]);
});
