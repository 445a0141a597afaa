import { describe, expect, it } from "vitest";
import { captureGraph } from "../../../../src/native/capture/captureGraph.js";
import { takeInto, takeValues } from "../../../../src/native/capture/takeValues.js";
import { tf } from "../../../../src/native/index.js";
import { tensorflow } from "../../../../src/native/tensorflow.js";

/** Of a captured function that gives 1 to `count`. */
function resultOf(count: number): bigint {
  const call = captureGraph(() => [tf.add(tf.range(0, count), 1)]);
  const [handle] = call.run([]) as [bigint];
  call.dispose();
  return handle;
}

describe("a result of a captured function", () => {
  it.each([1, 64, 65, 1000])("is taken whole: %d values", (count) => {
    const values = takeValues(tensorflow(), resultOf(count));
    expect([...values]).toEqual(Array.from({ length: count }, (_, i) => i + 1));
  });

  it("goes to the beginning of an array that is there", () => {
    const into = new Float32Array(6).fill(-1);
    expect(takeInto(tensorflow(), resultOf(4), into)).toBe(4);
    expect([...into]).toEqual([1, 2, 3, 4, -1, -1]);
  });

  it("is not taken where the array is too short, which stays as it was", () => {
    const into = new Float32Array(3).fill(-1);
    expect(() => takeInto(tensorflow(), resultOf(4), into)).toThrow(
      new RangeError("reading 4 values needs as much room, but was given 3"),
    );
    expect([...into]).toEqual([-1, -1, -1]);
  });
});
