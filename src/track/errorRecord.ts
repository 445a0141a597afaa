/** An error as a run's record keeps it. */
import type { RunRecord } from "./runRecord.js";
import { withoutAssignedSecrets } from "./withoutSecrets.js";

type ErrorRecord = NonNullable<RunRecord["error"]>;

/** Secrets are left out of what it says and of its stack. */
export function errorRecord(error: unknown): ErrorRecord {
  const { name, message, stack } = error instanceof Error ? error : textError(String(error));
  return {
    name,
    message: withoutAssignedSecrets(message),
    ...(stack !== undefined && { stack: withoutAssignedSecrets(stack) }),
  };
}

/** An error that came from another process as its stack: `RangeError: too large\n    at …`. */
function textError(text: string): ErrorRecord {
  const [, name, message] = /^(\w*Error): (.*?)\n +at /s.exec(text) ?? [];
  if (name === undefined || message === undefined) return { name: "Error", message: text };
  return { name, message, stack: text };
}
