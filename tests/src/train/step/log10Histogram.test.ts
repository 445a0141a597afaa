import { describe, expect, it } from "vitest";
import { random } from "../../../../src/base/random.js";
import { log10Histogram } from "../../../../src/train/step/log10Histogram.js";

/** NumPy's rule, value by value: a value belongs to the last bin whose lower edge it reaches. */
function counted(values: Float32Array, edges: Float64Array): number[] {
  const counts = new Array<number>(30).fill(0);
  for (const value of values) {
    if (value === 0 || !Number.isFinite(value)) continue;
    const logarithm = Math.log10(Math.abs(value));
    let bin = 29;
    while (bin > 0 && logarithm < (edges[bin] as number)) bin--;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** The float32 so many units in the last place away. */
function moved(value: number, ulps: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0] = (bits[0] ?? 0) + ulps;
  return new Float32Array(bits.buffer)[0] as number;
}

const generator = random(5);
const uniform = () => generator.next();
const kinds: Record<string, () => number> = {
  "of one size": () => 1 + uniform(),
  "of all sizes": () => (uniform() - 0.5) * 10 ** (76 * uniform() - 38),
  "of which many are subnormal": () => 1e-45 * Math.floor(2 ** (23 * uniform())),
  "powers of ten and their neighbours": () =>
    moved(10 ** Math.floor(12 * uniform() - 6), Math.floor(5 * uniform()) - 2),
  "with zeros and without end": () =>
    [0, -0, 1e-3, 1e3, Number.NaN, Number.POSITIVE_INFINITY][Math.floor(6 * uniform())] ?? 0,
};

describe.each(Object.keys(kinds))("values %s", (kind) => {
  it("are counted in the bin of their logarithm", () => {
    for (let round = 0; round < 40; round++) {
      const values = Float32Array.from({ length: 500 }, kinds[kind] as () => number);
      const { edges, counts } = log10Histogram(values) ?? {};
      expect(Array.from(counts ?? []), `round ${round}`).toEqual(
        counted(values, edges ?? new Float64Array()),
      );
    }
  });
});

it("counts the values at the edges themselves", () => {
  const ends = Float32Array.of(1e-6, 1e3);
  const { edges } = log10Histogram(ends) as { edges: Float64Array };
  const at = Array.from(edges, (edge) => 10 ** edge);
  const values = Float32Array.from([
    ...ends,
    ...at.flatMap((value) => [-1, 0, 1].map((ulps) => moved(value, ulps))),
  ]);
  const inside = values.filter((value) => value >= (ends[0] as number) && value <= (ends[1] as number));
  const { counts, edges: same } = log10Histogram(inside) as { counts: Float64Array; edges: Float64Array };
  expect(Array.from(counts)).toEqual(counted(inside, same));
});

it("is not made of zeros alone", () => {
  expect(log10Histogram(Float32Array.of(0, -0, Number.NaN))).toBeUndefined();
});
