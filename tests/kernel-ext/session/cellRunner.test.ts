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

it.each(["waits for its turn", "is still on its way"])(
  "ends a job that is interrupted while it %s, before it does anything, and no other",
  async (when) => {
    const { runner } = running();
    const done: string[] = [];
    let letGo: () => void = fail;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const run = (cell: number, until?: Promise<void>) =>
      new Promise<void>((resolve) => {
        runner.run({
          cell,
          work: async () => {
            done.push(`works ${cell}`);
            await until;
          },
          conclude: (end) => () => {
            done.push(
              `${end.status} ${cell}${end.status === "threw" ? ` ${(end.error as Error).name}` : ""}`,
            );
            resolve();
          },
          failed: fail,
        });
      });
    const first = run(1, held);
    const early = when === "waits for its turn" ? run(2) : undefined;
    runner.interrupt(2, () => undefined);
    const second = early ?? run(2);
    const third = run(3);
    letGo();
    await Promise.all([first, second, third]);
    expect(done).toEqual(["works 1", "ok 1", "threw 2 KeyboardInterrupt", "works 3", "ok 3"]);
  },
);

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
