/** `tunelab export`: runs for other programs. */

import { visibleControls } from "../../base/visibleControls.js";
import { exportedText, foundRuns } from "../../track/export/exportRuns.js";
import { type ExportFormat, exportFormats, exportSettings } from "../../track/export/exportSettings.js";
import { exportRuns } from "../../track/index.js";
import { type Arguments, type Command, Misuse } from "../command.js";
import { atTheDoor } from "../misuse.js";

export const exportCommand: Command = {
  name: "export",
  summary: "Write runs for other programs: CSV, JSON, Parquet, TensorBoard, Weights & Biases.",
  positionals: "RUN…",
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: {
    to: { type: "string", value: "FORMAT", description: exportFormats.join(", ") },
    out: {
      type: "string",
      value: "PATH",
      description:
        "the file, or of tensorboard and wandb the folder; CSV and JSON go to standard output without",
    },
    tags: { type: "string", value: "REGEX", description: "only tags in which this is found" },
    wide: { type: "boolean", description: "CSV: a line for each step, a column for each tag" },
    raw: { type: "boolean", description: "CSV: leave texts that a spreadsheet would take for formulas" },
    project: { type: "string", value: "NAME", description: "wandb: the project; tunelab unless given" },
    python: {
      type: "string",
      value: "PROGRAM",
      description: "wandb: a Python that has the package; TUNELAB_PYTHON or python3 unless given",
    },
    dir: {
      type: "string",
      value: "DIR",
      description: "the folder of runs, or any folder of TensorBoard's event files",
    },
  },
  details: `  tunelab export 'mnist-*' --to csv --tags '^epoch/' --wide --out mnist.csv
  tunelab export baseline --to wandb --out . && wandb sync wandb/offline-run-*`,
  async run({ positionals, options }) {
    const { to, out } = options;
    if (to === undefined) throw new Misuse(`tunelab export needs --to ${exportFormats.join(", ")}`);
    const isText = to === "csv" || to === "json";
    const problems: string[] = [];
    const onProblem = (sentence: string) => void problems.push(sentence);
    const path = typeof out === "string" ? out : "-";
    const given = { ...texts(options), to: to as ExportFormat, out: path, onProblem };
    const settings = atTheDoor(() => exportSettings(given));
    if (isText && out === undefined) {
      for (const piece of exportedText(foundRuns(positionals, settings), settings)) await written(piece);
      return told(problems);
    }
    if (out === undefined) throw new Misuse(`tunelab export --to ${to} needs --out PATH`);
    for (const one of await exportRuns(positionals, given)) process.stdout.write(`${one}\n`);
    return told(problems);
  },
};

function texts({ tags, wide, raw, project, python, dir }: Arguments["options"]) {
  return {
    ...(typeof tags === "string" && { tags }),
    ...(wide === true && { wide }),
    ...(raw === true && { raw }),
    ...(typeof project === "string" && { project }),
    ...(typeof python === "string" && { python }),
    ...(typeof dir === "string" && { dir }),
  };
}

const mostTold = 20;

/** At the end, what is left out; the exit code says that something is. */
function told(problems: readonly string[]): number {
  for (const sentence of problems.slice(0, mostTold))
    process.stderr.write(`tunelab: ${visibleControls(sentence)}\n`);
  const rest = problems.length - mostTold;
  if (rest > 0) process.stderr.write(`tunelab: ${rest} more are left out\n`);
  return problems.length > 0 ? 1 : 0;
}

/** As fast as whoever reads takes it. */
function written(piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
