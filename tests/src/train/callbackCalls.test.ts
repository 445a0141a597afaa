import { expect, test } from "vitest";
import type { Callback, TrainingContext } from "../../../src/train/callback.js";
import { CallbackCalls, type CalledFrom } from "../../../src/train/callbackCalls.js";
import { emptyHistory } from "../../../src/train/history.js";

function scene(...callbacks: Callback[]) {
  const own: [number, object][] = [];
  let pulls = 0;
  const log = { history: emptyHistory(), steps: 0 };
  const rate = { now: 0 };
  const calls = new CallbackCalls({
    plan: { callbacks, epochs: 4, stepsPerEpoch: 7 },
    around: {
      model: "the model",
      recorder: { own: (step: number, values: object) => own.push([step, values]) },
      step: { pull: () => pulls++ },
    } as unknown as CalledFrom["around"],
    log,
    learningRate: () => rate.now,
  });
  return { calls, log, rate, own, pulls: () => pulls };
}

test("calls the hooks of a name one after another, each waited for, as methods of their callbacks", async () => {
  const order: string[] = [];
  class Own implements Callback {
    readonly name = "own";
    begin() {
      order.push(this.name);
    }
  }
  const slow = async () => {
    order.push("slow begins");
    await new Promise((done) => setImmediate(done));
    order.push("slow ends");
  };
  const { calls } = scene({ begin: slow }, { step: () => void order.push("step") }, new Own());
  await calls.call("begin");
  expect(order).toEqual(["slow begins", "slow ends", "own"]);
});

test("tells each the model, the plan, the rate of now, and what the hook is called for", async () => {
  const told: object[] = [];
  const { calls, rate } = scene({ step: (context) => void told.push(context) });
  rate.now = 0.25;
  await calls.call("step", { step: 3, loss: 0.5 });
  expect(told).toMatchObject([
    { model: "the model", epochs: 4, stepsPerEpoch: 7, learningRate: 0.25, step: 3, loss: 0.5 },
  ]);
});

test("pulls weights, and records values at the last step, at 0 before the first", async () => {
  const note = ({ log, pull }: TrainingContext) => {
    pull();
    log({ mine: 1 });
  };
  const { calls, log, own, pulls } = scene({ begin: note, epoch: note });
  await calls.call("begin");
  log.steps = 9;
  await calls.call("epoch");
  expect(own).toEqual([
    [0, { mine: 1 }],
    [8, { mine: 1 }],
  ]);
  expect(pulls()).toBe(2);
});

test("keeps the end that was asked for first", async () => {
  const { calls } = scene({ epoch: ({ stop }) => stop("good enough") }, { epoch: ({ stop }) => stop() });
  expect(calls.asked).toBeUndefined();
  await calls.call("epoch");
  expect(calls.asked).toEqual({ why: "callback", reason: "good enough" });
  const other = scene({ epoch: ({ stop }) => stop() });
  await other.calls.call("epoch");
  expect(other.calls.asked?.reason).toBe("a callback ended it");
});

test("what a callback throws reaches the training, and no other is called", async () => {
  const order: string[] = [];
  const failing = {
    epoch: () => {
      throw new RangeError("mine");
    },
  };
  const { calls } = scene(failing, { epoch: () => void order.push("after") });
  await expect(calls.call("epoch")).rejects.toThrow(new RangeError("mine"));
  expect(order).toEqual([]);
});
