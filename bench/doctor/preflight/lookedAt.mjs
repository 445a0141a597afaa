// What the preflight says of runs, of which one step is trained.
import { rmSync } from "node:fs";
import { host, installHost } from "../../../dist/src/base/host.js";
import { terminalHost } from "../../../dist/src/base/terminalHost.js";
import { readRun } from "../../../dist/src/index.js";
import { trainRun } from "../trainRun.mjs";

/**
 * @param wanted [{ definition, seed }]
 * @param dir where runs are recorded, and removed again
 * @returns [{ definition, seed, preflight }] with what `fit` kept of it
 */
export async function lookedAt(wanted, dir) {
  const before = host();
  // Findings are shown even where no progress is.
  installHost(terminalHost({ write: () => true }));
  try {
    const found = [];
    for (const { definition, seed } of wanted) {
      const run = await trainRun(definition, { seed, dir, fit: { preflight: true, maxSteps: 1 } });
      found.push({ definition, seed, preflight: readRun(run.dir).record.preflight });
      rmSync(run.dir, { recursive: true });
    }
    return found;
  } finally {
    installHost(before);
  }
}
