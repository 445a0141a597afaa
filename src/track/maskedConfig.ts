/** A configuration as it may lie on disk and be shown to others. */
import type { JsonValue } from "./runRecord.js";
import { hidden, isSecretName, secretMask } from "./withoutSecrets.js";

/** What a model calls a token is no secret: `padToken`, `eos_token`. */
const vocabulary = /(^|[-_])(pad|bos|eos|sos|unk|oov|mask|sep|cls|start|end|stop|special)[-_]?token$/i;

/**
 * The texts of a configuration without secrets: none below a name such as `apiKey` or `db_password`, and in others no values of
 * the environment's secrets, no passwords of addresses, no keys of known forms. Numbers and truth values stay.
 */
export function maskedConfig(
  config: Readonly<Record<string, JsonValue>>,
  mask = secretMask(),
): Record<string, JsonValue> {
  return maskedEntries(config, { mask, secret: false });
}

interface Masking {
  readonly mask: (text: string) => string;
  /** The value stands below a secret's name. */
  readonly secret: boolean;
}

function maskedEntries(
  entries: Readonly<Record<string, JsonValue>>,
  how: Masking,
): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [
      name,
      maskedValue(value, { ...how, secret: how.secret || isSecretKey(name) }),
    ]),
  );
}

function maskedValue(value: JsonValue, how: Masking): JsonValue {
  if (typeof value === "string") return how.secret && value !== "" ? hidden : how.mask(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((entry: JsonValue) => maskedValue(entry, how));
  return maskedEntries(value as Readonly<Record<string, JsonValue>>, how);
}

function isSecretKey(name: string): boolean {
  if (!isSecretName(name)) return false;
  return !vocabulary.test(name.replace(/([a-z0-9])([A-Z])/g, "$1-$2"));
}
