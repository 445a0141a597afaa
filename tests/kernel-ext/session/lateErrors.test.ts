import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { LateErrors } from "../../../kernel-ext/session/lateErrors.js";

let written: [number, string][];
let formatted: number;
let end: () => void;
let errors: LateErrors;
beforeEach(() => {
  written = [];
  formatted = 0;
  errors = new LateErrors(
    (cell, text) => written.push([cell, text]),
    (work) => {
      end = work;
      return setTimeout(() => {}, 0);
    },
  );
});

function tell(cell: number, times: number): void {
  for (let i = 0; i < times; i++) {
    errors.tell(cell, () => {
      formatted++;
      return `error ${i}`;
    });
  }
}

it("tells the first twenty of each cell, and counts the others without asking for their text", () => {
  tell(1, 100_000);
  tell(2, 3);
  expect(formatted).toBe(23);
  expect(written.slice(0, 2)).toEqual([
    [1, "error 0\n"],
    [1, "error 1\n"],
  ]);
  end();
  expect(written.at(-1)).toEqual([1, "… and 99980 more errors that nothing waited for\n"]);
  expect(written).toHaveLength(24);
});

it("tells in full again in the next period", () => {
  tell(1, 21);
  end();
  tell(1, 1);
  expect(written.at(-1)).toEqual([1, "error 0\n"]);
});

it("counts exactly those that were not told in full", () => {
  tell(1, 21);
  end();
  expect(written.at(-1)).toEqual([1, "… and 1 more error that nothing waited for\n"]);
  expect(written).toHaveLength(21);
});

it("knows an error that several promises fail with at once from one that fails again later", async () => {
  const error = new Error("again");
  expect(errors.noteTold(error, 1, "rejections")).toBe("never");
  expect(errors.noteTold(error, 1, "rejections")).toBe("now");
  await Promise.resolve();
  expect(errors.noteTold(error, 1, "rejections")).toBe("now");
  await turn();
  expect(errors.noteTold(error, 1, "rejections")).toBe("earlier");
  // Below another cell nobody has read it.
  expect(errors.noteTold(error, 2)).toBe("never");
  // That cell's promises are told of after it, and after Node's next ticks.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  expect(errors.noteTold(error, 2, "rejections")).toBe("now");
  expect([errors.noteTold("text", 1), errors.noteTold("text", 1)]).toEqual(["never", "never"]);
});

it("counts what was told earlier", () => {
  tell(1, 1);
  for (let i = 0; i < 49; i++) errors.count(1);
  end();
  expect(written).toEqual([
    [1, "error 0\n"],
    [1, "… and 49 more errors that nothing waited for\n"],
  ]);
});
