import { expect, test } from "vitest";
import type { Distribution } from "../../../src/sweep/distribution.js";
import type { JournalRecord } from "../../../src/sweep/journalRecord.js";
import { TrialTable } from "../../../src/sweep/trialTable.js";
import { ask, report, tell } from "./journalEvents.js";

const tableOf = (...records: JournalRecord[]) => {
  const table = new TrialTable();
  for (const record of records) table.apply(record);
  return table;
};

test("folds what was asked, reported and told", () => {
  const table = tableOf(
    ask(0, { params: { x: 2 } }),
    { type: "start", trial: 0, attempt: 1, worker: 3 },
    { type: "run", trial: 0, attempt: 1, dir: "runs/a" },
    report(0, 1, 0.5),
    report(0, 2, 0.25),
    tell(0, "complete", { value: 0.2 }),
  );
  expect(table.trials).toEqual([
    {
      number: 0,
      state: "complete",
      attempt: 1,
      proposal: { x: 2 },
      params: {},
      distributions: {},
      value: 0.2,
      intermediate: [
        [1, 0.5],
        [2, 0.25],
      ],
      start: 0,
      end: 1,
      worker: 3,
      runDir: "runs/a",
    },
  ]);
});

test("an attempt that is not the latest changes nothing any more", () => {
  const table = tableOf(ask(0), report(0, 1, 9), ask(0, { attempt: 2 }), report(0, 1, 5, 2));
  table.apply(report(0, 2, 8));
  table.apply(tell(0, "complete", { value: 8 }));
  table.apply(ask(0));
  const [trial] = table.trials;
  expect(trial).toMatchObject({ attempt: 2, state: "running", intermediate: [[1, 5]] });
  table.apply(tell(0, "failed", { attempt: 2 }));
  table.apply(report(0, 3, 1, 2));
  expect(trial).toMatchObject({ state: "failed", intermediate: [[1, 5]] });
});

test("knows below which number every trial is finished", () => {
  const table = tableOf(ask(0), ask(1), ask(2), tell(1));
  expect(table.firstUnfinished).toBe(0);
  table.apply(tell(0, "pruned"));
  expect(table.firstUnfinished).toBe(2);
  table.apply(tell(2, "interrupted"));
  expect(table.firstUnfinished).toBe(2);
  table.apply(ask(2, { attempt: 2 }));
  table.apply(tell(2, "failed", { attempt: 2 }));
  expect(table.firstUnfinished).toBe(3);
});

test("keeps the order in which trials were told, without those that will run again", () => {
  const table = tableOf(ask(0), ask(1), ask(2, { sees: 1 }), tell(2), tell(0, "interrupted"), tell(1));
  expect(table.told).toEqual([2, 1]);
  expect(table.sees).toBe(1);
});

test("equal definitions of a parameter are one object", () => {
  const distribution = (high: number): Distribution => ({ kind: "int", low: 1, high });
  const param = (trial: number, high: number): JournalRecord => ({
    type: "param",
    trial,
    attempt: 1,
    name: "n",
    distribution: distribution(high),
    value: 1,
  });
  const { trials } = tableOf(ask(0), param(0, 4), ask(1), param(1, 4), ask(2), param(2, 5));
  expect(trials[1]?.distributions.n).toBe(trials[0]?.distributions.n);
  expect(trials[2]?.distributions.n).toEqual(distribution(5));
});
