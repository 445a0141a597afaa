// Runs a script's work; what a person can act on is told in one sentence, anything else with its stack. Exit code 1.
import { SetupError } from "./setupError.mjs";

/** @param {() => Promise<void>} work */
export async function runOrExplain(work) {
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    if (error.log) console.error(`  everything that was said: ${error.log}`);
  }
}
