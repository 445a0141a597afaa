import { describe, expect, test } from "vitest";
import { fromJsonNumber, toJsonObject, toJsonValue } from "../../../src/track/jsonValue.js";

describe("toJsonValue", () => {
  test("keeps what JSON can hold, and names what it cannot", () => {
    class Model {
      layers = 3;
    }
    const config = {
      lr: 1e-3,
      none: null,
      left: undefined,
      never: Number.NEGATIVE_INFINITY,
      big: 12n,
      when: new Date(0),
      floats: Float32Array.of(1, 0.5),
      set: new Set(["a"]),
      map: new Map([["k", 1]]),
      schedule: function cosine() {},
      arrow: [() => 1],
      model: new Model(),
      nested: { deep: [{ x: Number.NaN }] },
      plain: Object.assign(Object.create(null), { y: true }),
    };
    const json = toJsonObject(config);
    expect(json).toEqual({
      lr: 1e-3,
      none: null,
      never: "-Infinity",
      big: "12",
      when: "1970-01-01T00:00:00.000Z",
      floats: [1, 0.5],
      set: ["a"],
      map: { k: 1 },
      schedule: "[function cosine]",
      arrow: ["[function anonymous]"],
      model: "[Model]",
      nested: { deep: [{ x: "NaN" }] },
      plain: { y: true },
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  test("breaks circles, but writes a value twice that stands in two places", () => {
    const shared = { a: 1 };
    const circle: Record<string, unknown> = { one: shared, two: shared };
    circle.self = circle;
    expect(toJsonValue(circle)).toEqual({ one: { a: 1 }, two: { a: 1 }, self: "[circular]" });
    expect(toJsonObject(circle)).toEqual({ one: { a: 1 }, two: { a: 1 }, self: "[circular]" });
  });

  test("names data by its size instead of writing it", () => {
    const at = (count: number) => ({
      x: new Float32Array(count),
      y: new Array(count).fill(0),
      z: new Set([1]),
    });
    expect(toJsonObject(at(1001))).toEqual({ x: "[Float32Array of 1001]", y: "[Array of 1001]", z: [1] });
    expect((toJsonObject(at(1000)).x as number[]).length).toBe(1000);
  });

  test("numbers come back", () => {
    for (const value of [0, -1.5, Infinity, -Infinity, Number.NaN]) {
      expect(fromJsonNumber(toJsonValue(value) as number)).toBe(value);
    }
  });
});
