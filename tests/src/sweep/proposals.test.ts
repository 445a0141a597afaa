import { expect, test } from "vitest";
import type { JournalRecord } from "../../../src/sweep/journalRecord.js";
import { Proposals } from "../../../src/sweep/proposals.js";
import type { Sampler, SamplerView } from "../../../src/sweep/samplers/sampler.js";
import { TrialTable } from "../../../src/sweep/trialTable.js";
import { ask, tell } from "./journalEvents.js";

/** Proposals of a sampler that tells what it was shown: the numbers of the trials, and what runs. */
function scene({
  repeatable = true,
  window = 3,
  propose = (view: SamplerView): ReturnType<Sampler["propose"]> => ({ n: view.observed.length }),
}) {
  const table = new TrialTable();
  const shown: { observed: number[]; running: unknown[] }[] = [];
  const sampler: Sampler = {
    name: "told",
    options: {},
    propose(view) {
      shown.push({ observed: view.observed.map(({ number }) => number), running: [...view.running] });
      return propose(view);
    },
  };
  const options = { sampler, seed: 1, direction: "minimize", space: undefined, window, repeatable } as const;
  const proposals = new Proposals(table, options);
  const write = (...records: JournalRecord[]) => {
    for (const record of records) {
      table.apply(record);
      if (record.type === "tell") proposals.ended(record.trial);
    }
  };
  return { proposals, table, shown, write };
}

const asked = (number: number) => ask(number, { params: { x: number } });

test("repeatable: trial n is proposed knowing the trials below n − window + 1, and what those above propose", () => {
  const { proposals, shown, write } = scene({});
  write(asked(0), asked(1), asked(2));
  expect(proposals.next(3)).toBe("wait");
  // The sampler must not learn of trial 1 before trial 0, and not of trial 2 at all.
  write(tell(2), tell(1));
  expect(proposals.next(3)).toBe("wait");
  expect(shown).toEqual([]);
  write(tell(0));
  expect(proposals.next(3)).toEqual({ n: 1 });
  expect(shown).toEqual([{ observed: [0], running: [{ x: 1 }, { x: 2 }] }]);
  expect(proposals.sees).toBe(1);
});

test("repeatable: a sampler that waits is shown one trial more at a time, in order of numbers", () => {
  const { proposals, shown, write } = scene({
    propose: (view) => (view.observed.length < 2 ? "wait" : { x: 9 }),
  });
  write(asked(0), asked(1), tell(1));
  expect(proposals.next(2)).toBe("wait");
  write(tell(0));
  expect(proposals.next(2)).toEqual({ x: 9 });
  expect(shown.map(({ observed }) => observed)).toEqual([[], [], [0], [0, 1]]);
});

test("first-come: shows finished trials as they end, and what runs with the values it drew", () => {
  const { proposals, shown, write } = scene({ repeatable: false });
  const distribution = { kind: "int", low: 0, high: 9 } as const;
  write(asked(0), asked(1), asked(2), tell(2), tell(1, "interrupted"));
  write({ type: "param", trial: 0, attempt: 1, name: "y", distribution, value: 4 });
  expect(proposals.next(3)).toEqual({ n: 1 });
  expect(shown).toEqual([{ observed: [2], running: [{ x: 0, y: 4 }, { x: 1 }] }]);
});

test("first-come: a sampler that waits is not asked again by itself", () => {
  const { proposals, shown, write } = scene({ repeatable: false, propose: () => "wait" });
  write(asked(0), asked(1), tell(1));
  expect(proposals.next(2)).toBe("wait");
  expect(shown).toHaveLength(1);
});

test("a resumed sweep's sampler has seen what it had seen, in that order", () => {
  const records = [asked(0), asked(1), ask(2, { sees: 1 }), tell(1), tell(0)];
  for (const [repeatable, observed] of [
    [true, [0]],
    [false, [1, 0]],
  ] as const) {
    const { proposals, table, shown } = scene({ repeatable });
    for (const record of records) table.apply(record);
    proposals.resume();
    proposals.next(3);
    expect(shown[0]?.observed).toEqual(observed);
  }
});

test("nothing is left once the sampler says so", () => {
  expect(scene({ propose: () => "exhausted" }).proposals.next(0)).toBe("exhausted");
});
