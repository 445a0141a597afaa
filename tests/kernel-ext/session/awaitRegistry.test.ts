import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { AwaitRegistry, KeyboardInterrupt } from "../../../kernel-ext/session/awaitRegistry.js";

function registry() {
  const resumed: number[] = [];
  const state = { cell: 1 };
  const awaits = new AwaitRegistry(
    () => state.cell,
    (cell) => resumed.push(cell),
  );
  return { awaits, state, resumed };
}

describe("AwaitRegistry", () => {
  it("passes values and errors on", async () => {
    const { awaits } = registry();
    expect(awaits.aw(5)).toBe(5);
    expect(await awaits.aw(Promise.resolve(6))).toBe(6);
    await expect(awaits.aw(Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(awaits.size).toBe(0);
  });

  it("ends pending awaits with the interrupt's reason", async () => {
    const { awaits } = registry();
    const pending = awaits.aw(new Promise(() => undefined));
    expect(awaits.size).toBe(1);
    awaits.rejectAll(new KeyboardInterrupt());
    await expect(pending).rejects.toThrow(KeyboardInterrupt);
    expect(awaits.size).toBe(0);
  });

  it("never settles a parked await", async () => {
    const { awaits } = registry();
    let release: (value: number) => void = () => undefined;
    const parked = awaits.aw(new Promise<number>((resolve) => (release = resolve))) as Promise<number>;
    awaits.park();
    release(1);
    const winner = await Promise.race([parked, new Promise((resolve) => setTimeout(resolve, 20, "parked"))]);
    expect(winner).toBe("parked");
  });

  it("ends awaits that settle well while an interrupt waits, until it calms", async () => {
    const { awaits } = registry();
    const reason = new KeyboardInterrupt();
    awaits.endThroughSignal(reason);
    await expect(awaits.aw(Promise.resolve(1))).rejects.toBe(reason);
    awaits.calm();
    expect(await awaits.aw(Promise.resolve(2))).toBe(2);
  });

  it("remembers the mark of each await", async () => {
    const { awaits, state, resumed } = registry();
    const first = awaits.aw(Promise.resolve());
    state.cell = 2;
    const second = awaits.aw(Promise.resolve());
    await Promise.all([first, second]);
    expect(resumed).toEqual([1, 2]);
  });

  it("says whose code goes on just before it does, also when awaits of several cells settle at once", async () => {
    const { awaits, state, resumed } = registry();
    const seen: [number, number | undefined][] = [];
    const gate = new Promise<void>((open) => setTimeout(open, 5));
    const wait = async (cell: number) => {
      state.cell = cell;
      await awaits.aw(gate);
      seen.push([cell, resumed.at(-1)]);
    };
    await Promise.all([wait(1), wait(2), wait(3)]);
    expect(seen).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it.each([
    ["settles well", (gate: Gate) => gate.resolve(1)],
    ["fails", (gate: Gate) => gate.reject(new Error("no"))],
  ])(
    "knows the place of the cell's own await until that %s, whatever functions await meanwhile",
    async (_how, end) => {
      const { awaits } = registry();
      const gate = open();
      const own = cellAwait(awaits.aw, gate.promise, 0) as Promise<unknown>;
      await awaits.aw(Promise.resolve(1));
      await expect(awaits.aw(Promise.reject(new Error("inner")))).rejects.toThrow("inner");
      expect(awaits.place).toBe("    at async awaits (cell-7.ts:1:41)");
      end(gate);
      await Promise.allSettled([own]);
      expect(awaits.place).toBeUndefined();
    },
  );

  it("stands nowhere when the cell is over, be it at an await", () => {
    const { awaits } = registry();
    cellAwait(awaits.aw, open().promise, 0);
    expect(awaits.place).toMatch(/cell-7/);
    awaits.calm();
    expect(awaits.place).toBeUndefined();
    cellAwait(awaits.aw, open().promise);
    expect(awaits.place).toBeUndefined();
    awaitIn("cell-8.ts")(awaits.aw, open().promise, 0);
    expect(awaits.place).toMatch(/cell-8/);
  });

  it.each([
    ["a stack that cannot be set", () => Object.freeze(new Error("kept"))],
    [
      "a stack with a getter alone",
      () => Object.defineProperty(new Error("kept"), "stack", { get: () => "Error: kept" }),
    ],
    ["a trap that throws", () => new Proxy(new Error("kept"), { defineProperty: fail, set: fail })],
  ])("ends with an error that has %s", async (_what, make) => {
    const { awaits } = registry();
    const error = make();
    await expect(awaits.aw(Promise.reject(error))).rejects.toBe(error);
  });

  it("iterates async and plain sources", async () => {
    const { awaits } = registry();
    async function* numbers() {
      yield 1;
      yield 2;
    }
    const got: unknown[] = [];
    for await (const one of awaits.ait(numbers())) got.push(one);
    for await (const one of awaits.ait([Promise.resolve(3), 4])) got.push(one);
    expect(got).toEqual([1, 2, 3, 4]);
  });

  it("closes the source when a loop is left early", async () => {
    const { awaits } = registry();
    let closed = false;
    async function* endless() {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        closed = true;
      }
    }
    for await (const one of awaits.ait(endless())) if (one === 2) break;
    expect(closed).toBe(true);
  });
});

interface Gate {
  readonly promise: Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

function open(): Gate {
  const gate: Partial<Gate> = {};
  const promise = new Promise((resolve, reject) => Object.assign(gate, { resolve, reject }));
  return Object.assign(gate, { promise }) as Gate;
}

/** Code of a cell's that awaits. */
function awaitIn(filename: string) {
  const code = "(function awaits(aw, ...given) { return aw(...given); })";
  return runInThisContext(code, { filename }) as (
    aw: AwaitRegistry["aw"],
    value: unknown,
    place?: number,
  ) => unknown;
}

const cellAwait = awaitIn("cell-7.ts");

function fail(): never {
  throw new Error("hostile");
}
