/** What NumPy and pandas say of the same values (tests/oracles/data/data_record.py). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { ValueStatistics } from "../../../../src/base/dataRecord.js";

interface Table {
  readonly values: readonly (number | "inf" | null)[];
  readonly all: ValueStatistics;
  readonly columns: readonly ValueStatistics[];
  readonly hashes: readonly number[];
}

export const expected = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../oracles/data/data_record.json"), "utf8"),
) as {
  readonly table: Omit<Table, "hashes">;
  readonly images: Table;
  readonly dependent: {
    readonly values: readonly number[];
    readonly labels: readonly number[];
    readonly etaSquared: readonly number[];
    readonly counts: readonly number[];
    readonly hashes: readonly number[];
  };
  readonly several: readonly number[];
};

export function floats(values: readonly (number | "inf" | null)[]): Float32Array {
  return Float32Array.from(values, (value) =>
    value === null ? Number.NaN : Number(value === "inf" ? Infinity : value),
  );
}

/** To ten digits, of sums in another order. */
export function expectStatistics(found: ValueStatistics, wanted: ValueStatistics): void {
  for (const [key, value] of Object.entries(wanted)) {
    const own = found[key as keyof ValueStatistics];
    expect(Math.abs(own - value), key).toBeLessThanOrEqual(1e-10 * Math.max(1e-3, Math.abs(value)));
  }
}
