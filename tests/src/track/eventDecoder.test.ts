import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EventFileReader } from "../../../src/track/eventFileReader.js";
import { EventSink } from "../../../src/track/eventSink.js";

/** Written by torch.utils.tensorboard; the script beside it says what. */
const file = join(import.meta.dirname, "../../oracles/tensorboard/pytorch.tfevents");

describe("an event file of PyTorch", () => {
  const sink = new EventSink();
  const reader = new EventFileReader(file, "pytorch", sink);
  reader.refresh();

  test("has its scalars, old style and new", () => {
    expect(reader.problems).toEqual([]);
    const old = sink.scalars.get("old/loss")!.series();
    expect([...old.steps]).toEqual([0, 10, 2 ** 40]);
    expect([...old.values]).toEqual([0.5, Math.fround(1 / 3), Number.NaN]);
    expect([...old.wallTimes]).toEqual([1000.5, 1001.5, 1002.5]);
    expect([...sink.scalars.get("new/loss")!.series().values]).toEqual([0.5, Math.fround(1 / 3)]);
    expect([...sink.scalars.get("double/loss")!.series().values]).toEqual([1 / 3]);
  });

  test("has its histogram without the empty bins at both ends", () => {
    const [point] = sink.histograms.get("weights")!;
    expect(point!.step).toBe(5);
    const { edges, counts } = point!.histogram;
    expect([...edges]).toEqual([-1, 0, 0.5, 2]);
    expect([...counts]).toEqual([2, 0, 3]);
  });
});
