// tunelab setup: works before any package is there, so it reads its own three flags.
import { fileURLToPath } from "node:url";
import { setup } from "./setup.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * Sets this checkout up, or with `check` tells what is missing. Resolves to the exit code.
 * @param {{ check?: boolean, tests?: boolean, json?: boolean }} options
 */
export async function setupVerb({ check = false, tests = false, json = false }) {
  const quiet = { step: () => ({ tell() {}, done() {} }), say: () => true };
  const steps = await setup({ root, check, tests, ...(json ? { progress: quiet } : {}) });
  if (json) console.log(JSON.stringify(check ? { missing: steps } : { ran: steps }));
  else if (check) console.log(steps.length > 0 ? `Missing: ${steps.join(", ")}.` : "Everything is set up.");
  else console.log(steps.length > 0 ? `Set up: ${steps.join(", ")}.` : "Everything was set up already.");
  return check && steps.length > 0 ? 1 : 0;
}
