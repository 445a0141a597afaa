import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inPlace, pointAt, sharedPlaces, spacingOf } from "../../../../src/board/panels/sharedPlaces.js";

interface NearestCase {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly asked: readonly number[];
  readonly values: readonly (number | null)[];
}
const cases = JSON.parse(
  readFileSync(new URL("../../../oracles/board/nearest.json", import.meta.url), "utf8"),
) as NearestCase[];

const line = (places: readonly number[], values: readonly number[] = places) =>
  inPlace(Float64Array.from(places), Float64Array.from(values));
const every = (count: number, stride = 1) => line(Array.from({ length: count }, (_, i) => i * stride));

describe("pointAt", () => {
  it.each(cases)("finds the nearest point as NumPy does: $name", ({ x, y, asked, values }) => {
    const given = line(x, y);
    expect(asked.map((place) => pointAt(given, place)?.value ?? null)).toEqual(values);
  });

  it("reaches beyond a line's ends where it may", () => {
    const given = line([10, 20], [1, 2]);
    expect([7, 7.9, 8, 22, 22.1].map((place) => pointAt(given, place, { outside: 2 })?.value)).toEqual([
      undefined,
      undefined,
      1,
      2,
      undefined,
    ]);
    expect(pointAt(line([]), 0, { outside: 5 })).toBe(undefined);
  });

  it("says where the point lies, and gives none that is farther than may be", () => {
    const given = line([0, 10, 100], [1, 2, 3]);
    expect(pointAt(given, 40)).toEqual({ index: 1, place: 10, value: 2 });
    expect([14, 15, 40, 96].map((place) => pointAt(given, place, { inside: 4 })?.value)).toEqual([
      2,
      undefined,
      undefined,
      3,
    ]);
    expect(spacingOf(given)).toBe(50);
  });

  it("gives values that are not finite as they are", () => {
    expect(pointAt(line([1, 2], [Number.NaN, Infinity]), 1)?.value).toBeNaN();
    expect(pointAt(line([1, 2], [Number.NaN, Infinity]), 2)?.value).toBe(Infinity);
  });
});

describe("sharedPlaces", () => {
  it("are all places of all lines while they are few", () => {
    expect(sharedPlaces([line([3, 1, 2]), line([2, 2, 7]), line([])], 4)).toEqual([1, 2, 3, 7]);
  });

  it("are real places of long lines, the first and the last of all among them", () => {
    const places = sharedPlaces([line([5, 1000.5]), every(700)], 24);
    expect(places.length).toBeLessThanOrEqual(24);
    expect(places.length).toBeGreaterThan(15);
    expect([places[0], places.at(-1)]).toEqual([0, 1000.5]);
    expect(places.slice(0, -1).every((place) => Number.isInteger(place))).toBe(true);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  });

  it("are those that most lines have, where one is logged more seldom than another", () => {
    const seldom = every(10, 100).places.map((place) => place + 37);
    const places = sharedPlaces([every(1001), line([...seldom]), every(1001)], 12);
    expect(places).toEqual([0, ...seldom, 1000]);
  });

  it("leave out stretches in which no line has a point", () => {
    const burst = Array.from({ length: 100 }, (_, i) => i / 100);
    const places = sharedPlaces([line([...burst, ...burst.map((x) => 99 + x)])], 22);
    expect(places.filter((place) => place > 10 && place < 90)).toEqual([]);
  });

  it("look at few places of each of many lines that share none", () => {
    let looks = 0;
    const counted = (given: ReturnType<typeof line>) => ({
      ...given,
      places: new Proxy(given.places, {
        get(target, name) {
          looks++;
          const value = Reflect.get(target, name, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      }),
    });
    const lines = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        counted(line(Array.from({ length: 200 }, (_unused, k) => k + i / count))),
      );
    const looksAt = (count: number) => {
      looks = 0;
      expect(sharedPlaces(lines(count), 24)).toHaveLength(24);
      return looks;
    };
    // Twice the lines take twice the looks, not four times as many.
    expect(looksAt(80) / looksAt(40)).toBeLessThan(2.5);
  });
});
