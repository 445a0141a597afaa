/** Configurations of several runs, flattened and compared. */
import { hparamsOf } from "./hparams.js";
import type { JsonValue } from "./runRecord.js";

/** Flat keys such as `optimizer.lr`; truth values as words, so that every value can stand in a table. */
export function configurations(
  configs: readonly Readonly<Record<string, JsonValue>>[],
): Map<string, string | number>[] {
  return configs.map(
    (config) =>
      new Map(
        [...hparamsOf(config)].map(([key, value]) => [
          key,
          typeof value === "boolean" ? String(value) : value,
        ]),
      ),
  );
}

/** The keys whose values are not the same in all, in the order in which they come. */
export function differingKeys(configs: readonly ReadonlyMap<string, unknown>[]): string[] {
  const keys = [...new Set(configs.flatMap((config) => [...config.keys()]))];
  return keys.filter((key) => new Set(configs.map((config) => config.get(key))).size > 1);
}
