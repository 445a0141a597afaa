import { expect, it } from "vitest";
import { Attribution } from "../../../kernel-ext/session/attribution.js";
import { CellRunner, type Job } from "../../../kernel-ext/session/cellRunner.js";

/** A runner, and what was told of its jobs in order. */
function running() {
  const told: string[] = [];
  const runner = new CellRunner(new Attribution(), (cell) => told.push(`runs ${cell}`));
  const run = (cell: number, conclude: Job["conclude"]) =>
    new Promise<void>((resolve) => {
      runner.run({
        cell,
        work: async () => undefined,
        conclude: (end) => {
          const tell = conclude(end);
          return () => {
            tell();
            told.push(`ended ${cell}`);
            resolve();
          };
        },
        failed: (error) => {
          told.push(`failed ${cell}: ${(error as Error).message}`);
          resolve();
        },
      });
    });
  return { told, runner, run };
}

const fine = () => () => undefined;
const fail = (): never => {
  throw new Error("no end");
};

it.each([
  ["what concludes it throws", fail],
  ["what tells of its end throws", () => fail],
] as const)("ends a job and begins the next one where %s", async (_what, conclude) => {
  const { told, runner, run } = running();
  const first = run(1, conclude);
  const second = run(2, fine);
  await Promise.all([first, second]);
  expect(told).toEqual(["runs 1", "runs 0", "failed 1: no end", "runs 2", "runs 0", "ended 2"]);
  expect(runner.busy).toBe(false);
});

it("queues jobs whatever setters every array inherits", async () => {
  const { told, run } = running();
  told.push("begin");
  let ended: Promise<unknown> | undefined;
  Object.defineProperty(Array.prototype, 0, { get: () => "no job", set: fail, configurable: true });
  try {
    ended = Promise.resolve(run(1, fine)).then(() => run(2, fine));
  } finally {
    Reflect.deleteProperty(Array.prototype, 0);
  }
  await ended;
  expect(told.filter((line) => line.startsWith("ended"))).toEqual(["ended 1", "ended 2"]);
});
