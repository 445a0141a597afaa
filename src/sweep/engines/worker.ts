/** The process that runs the trials of an objective kept in a module (`tunelab sweep objective.ts`). */
import { endWithParent } from "./endWithParent.js";
import { loadObjective } from "./loadObjective.js";
import { parentChannel } from "./parentChannel.js";
import { serveTrials } from "./serveTrials.js";

/** What the coordinator's `setup` holds for this worker. */
export interface ModuleSetup {
  /** URL of the module. */
  readonly objective: string;
  /** Names of the declared parameters. */
  readonly declared?: readonly string[];
}

// Ctrl-C in a terminal reaches every process of the group; the coordinator decides what it means for trials.
process.on("SIGINT", () => {});
endWithParent();
await serveTrials(parentChannel(), (setup) => {
  const { objective, declared } = setup as ModuleSetup;
  return loadObjective(objective, declared);
});
process.exit(0);
