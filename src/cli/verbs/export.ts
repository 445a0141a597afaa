/** `tunelab export`: runs for other programs. */

import { exportedText, foundRuns } from "../../track/export/exportRuns.js";
import { type ExportFormat, exportFormats, exportSettings } from "../../track/export/exportSettings.js";
import { exportRuns } from "../../track/index.js";
import { type Arguments, type Command, Misuse } from "../command.js";
import { dirOption, folderOfRuns } from "../folderOfRuns.js";
import { atTheDoor } from "../misuse.js";
import { toldProblems } from "../toldProblems.js";

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
    tags: {
      type: "string",
      value: "REGEX",
      description: "only tags in which this is found (case counts where a capital is typed)",
    },
    wide: { type: "boolean", description: "CSV: a line for each step, a column for each tag" },
    raw: { type: "boolean", description: "CSV: leave texts that a spreadsheet would take for formulas" },
    project: { type: "string", value: "NAME", description: "wandb: the project; tunelab unless given" },
    python: {
      type: "string",
      value: "PROGRAM",
      description: "wandb: a Python that has the package; TUNELAB_PYTHON or python3 unless given",
    },
    dir: dirOption,
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
      return toldProblems(problems);
    }
    if (out === undefined) throw new Misuse(`tunelab export --to ${to} needs --out PATH`);
    for (const one of await exportRuns(positionals, given)) process.stdout.write(`${one}\n`);
    return toldProblems(problems);
  },
};

function texts({ tags, wide, raw, project, python, dir }: Arguments["options"]) {
  const folder = folderOfRuns(dir);
  return {
    ...(typeof tags === "string" && { tags }),
    ...(wide === true && { wide }),
    ...(raw === true && { raw }),
    ...(typeof project === "string" && { project }),
    ...(typeof python === "string" && { python }),
    ...(folder !== undefined && { dir: folder }),
  };
}

/** As fast as whoever reads takes it. */
function written(piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
