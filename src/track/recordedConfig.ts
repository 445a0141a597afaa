/** A configuration as a run's record keeps it. */
import { toJsonObject } from "./jsonValue.js";
import { maskedConfig } from "./maskedConfig.js";
import type { JsonValue } from "./runRecord.js";

/** Without what is undefined, secrets masked; numbers and objects that JSON lacks as texts. */
export function recordedConfig(config: object): Record<string, JsonValue> {
  return maskedConfig(toJsonObject(config));
}
