/** What a person may say about an export, made complete and checked at the door. */
import { nearestName } from "../../base/nearestName.js";
import { regularExpression } from "../../base/regularExpression.js";
import { warnOnStandardError } from "../warnOnStandardError.js";
import type { OnProblem } from "./unread.js";

export const exportFormats = ["csv", "json", "parquet", "tensorboard", "wandb"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  readonly to: ExportFormat;
  /** The file, or of `tensorboard` and `wandb` the folder, to write. A file that is there is replaced. */
  readonly out: string;
  /** Only tags in which this regular expression is found. */
  readonly tags?: string | RegExp;
  /** Of CSV: a line for each step with a column for each tag, in place of a line for each point. */
  readonly wide?: boolean;
  /** Of CSV: texts as they are, also where a spreadsheet would take them for formulas. */
  readonly raw?: boolean;
  /** Of wandb: the project; "tunelab" unless given. */
  readonly project?: string;
  /** Of wandb: a Python that has the package wandb; else TUNELAB_PYTHON, else `python3`. */
  readonly python?: string;
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
  /** Told in a sentence each thing that is left out since it cannot be read; unless given it is said as a warning. */
  readonly onProblem?: OnProblem;
}

export interface ExportSettings extends Omit<ExportOptions, "tags"> {
  readonly tags: RegExp | undefined;
  readonly onProblem: OnProblem;
}

/** @throws RangeError for an unknown format, TypeError for options of a wrong kind, SyntaxError for a bad regular expression. */
export function exportSettings(options: ExportOptions): ExportSettings {
  const { to, out, tags, wide, raw } = options;
  if (!exportFormats.includes(to)) {
    const near = nearestName(String(to), exportFormats);
    throw new RangeError(
      `export runs: the format must be ${exportFormats.join(", ")}; got ${JSON.stringify(to)}${near === undefined ? "" : `, the nearest is ${near}`}`,
    );
  }
  if (typeof out !== "string" || out === "")
    throw new TypeError(`export runs: out must be the path to write; got ${JSON.stringify(out)}`);
  if (to !== "csv" && (wide || raw))
    throw new RangeError(`export runs: wide and raw must stand with csv only; got ${to}`);
  const { onProblem = warnOnStandardError } = options;
  return {
    ...options,
    tags:
      tags === undefined
        ? undefined
        : regularExpression("export runs: tags must be a regular expression", tags),
    onProblem,
  };
}
