/** The verbs of the command line, in the order the overview shows them. */
import type { Command } from "./command.js";
import { bestCommand } from "./verbs/best.js";
import { boardCommand } from "./verbs/board.js";
import { compareCommand } from "./verbs/compare.js";
import { doctorCommand } from "./verbs/doctor.js";
import { exportCommand } from "./verbs/export.js";
import { importCommand } from "./verbs/import.js";
import { kernelInstallCommand } from "./verbs/kernelInstall.js";
import { labCommand } from "./verbs/lab.js";
import { runCommand } from "./verbs/run.js";
import { runsCommand } from "./verbs/runs.js";
import { setupCommand } from "./verbs/setup.js";
import { sweepCommand } from "./verbs/sweep.js";

export const commands: readonly Command[] = [
  setupCommand,
  labCommand,
  kernelInstallCommand,
  runCommand,
  sweepCommand,
  boardCommand,
  runsCommand,
  compareCommand,
  bestCommand,
  doctorCommand,
  exportCommand,
  importCommand,
];
