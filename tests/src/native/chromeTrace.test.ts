import { describe, expect, it } from "vitest";
import {
  type ChromeTrace,
  chromeTrace,
  data,
  fit as fitModel,
  models,
  type OpEvent,
  profileOps,
  tf,
} from "../../../src/index.js";
import { lanesNest } from "./lanesNest.js";

const parsed = (events: readonly OpEvent[]) => JSON.parse(JSON.stringify(chromeTrace(events))) as ChromeTrace;
const stretches = ({ traceEvents }: ChromeTrace) => traceEvents.filter(({ ph }) => ph === "X");
describe("chromeTrace", () => {
  it("shows a profile's ops with their shapes, as long as the table says", async () => {
    const { ops, events, eventsLeftOut } = await profileOps(() => {
      tf.tidy(
        () =>
          void tf
            .matMul(tf.ones([2, 3]), tf.ones([3, 4]))
            .relu()
            .sum()
            .dataSync(),
      );
    });
    expect(eventsLeftOut).toBe(0);
    const trace = parsed(events);
    expect(trace.displayTimeUnit).toBe("ms");
    const { name, cat, pid, tid, args } = stretches(trace).find((one) => one.name === "MatMul") ?? {};
    expect({ name, cat, pid, tid, args }).toEqual({
      name: "MatMul",
      cat: "op",
      pid: 1,
      tid: 1,
      args: { inputs: "[2,3] [3,4]", outputs: "[2,4]", flops: 48, bytes: 32 },
    });
    for (const { name, calls, milliseconds } of ops) {
      const own = stretches(trace).filter((one) => one.name === name);
      expect(own).toHaveLength(calls);
      expect(own.reduce((sum, { dur }) => sum + dur, 0) / 1000).toBeCloseTo(milliseconds, 4);
    }
    lanesNest(trace);
  });

  it("shows captured steps of a training beside the ops around them", async () => {
    const x = Array.from({ length: 64 }, (_, i) => [i % 2, 1 - (i % 2)]);
    const points = data.arrays({ x, y: x.map(([one = 0]) => one), classes: 2 });
    const model = models.mlp({ inputShape: [2], hidden: [4], classes: 2 });
    const options = { epochs: 2, batchSize: 16, track: false, progress: false } as const;
    const { events } = await profileOps(() => fitModel(model, points, options));
    const steps = events.filter(({ name }) => name === "captured step");
    expect(steps).toHaveLength(8);
    // The first calls, whose time is not known yet, run on threads of their own.
    expect(steps[0]?.aside).toBe(true);
    lanesNest(parsed(events));
  });
});
