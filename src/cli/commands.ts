/** The verbs of the command line, in the order the overview shows them. */
import type { Command } from "./command.js";
import { labCommand } from "./verbs/lab.js";
import { runCommand } from "./verbs/run.js";
import { setupCommand } from "./verbs/setup.js";

export const commands: readonly Command[] = [setupCommand, labCommand, runCommand];
