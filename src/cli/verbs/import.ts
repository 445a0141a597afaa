/** `tunelab import`: runs of ours from logs of other programs. */

import { visibleControls } from "../../base/visibleControls.js";
import { importRuns } from "../../track/index.js";
import type { Command } from "../command.js";
import { toldProblems } from "../toldProblems.js";

export const importCommand: Command = {
  name: "import",
  summary: "Make runs from logs that PyTorch, Lightning, Keras or others wrote for TensorBoard.",
  positionals: "LOGDIR",
  arity: { least: 1, most: 1 },
  options: {
    dir: { type: "string", value: "DIR", description: "the folder of runs to put them in" },
    group: { type: "string", value: "NAME", description: "their group; the folder's name unless given" },
  },
  details:
    "The logs stay as they are. Runs that were made of them before are renewed in their place. To look at them where they lie: tunelab runs --dir LOGDIR, tunelab board LOGDIR",
  run({ positionals: [logs = ""], options: { dir, group } }) {
    const problems: string[] = [];
    const made = importRuns(logs, {
      onProblem: (sentence) => problems.push(sentence),
      ...(typeof dir === "string" && { dir }),
      ...(typeof group === "string" && { group }),
      say: (sentence) => process.stderr.write(`tunelab: ${visibleControls(sentence)}\n`),
    });
    for (const run of made) process.stdout.write(`${run}\n`);
    return toldProblems(problems);
  },
};
