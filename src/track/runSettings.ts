import { configurations } from "./configurations.js";
import type { JsonValue } from "./runRecord.js";

/** What a run was given, and how many epochs of it were finished; undefined if none was. */
export interface Configured {
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly epochs?: number;
}

/**
 * A run's settings as tables show them, by flat keys such as `optimizer.lr`. A training that ended before the epochs it
 * was given has both numbers: `6/50`.
 */
export function runSettings({ config, epochs = 0 }: Configured): ReadonlyMap<string, string | number> {
  const [settings = new Map<string, string | number>()] = configurations([config]);
  const given = settings.get("epochs");
  if (typeof given === "number" && epochs > 0 && epochs < given) settings.set("epochs", `${epochs}/${given}`);
  return settings;
}
