/** Runs for other programs: spreadsheets, data frames, TensorBoard, Weights & Biases. */
import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { writePiecesAtomic } from "../../base/atomicFile.js";
import { counted } from "../../base/counted.js";
import { fileTarget } from "../../base/fileTarget.js";
import { nearestTags } from "../../base/nearestTags.js";
import { findRuns } from "../findRuns.js";
import { tagsOf } from "../runData.js";
import { csv } from "./csv.js";
import { type ExportedRun, exportedRun } from "./exportedRun.js";
import { type ExportOptions, type ExportSettings, exportSettings } from "./exportSettings.js";
import { filesInline } from "./fileSink.js";
import { filesBeside } from "./filesBeside.js";
import { json } from "./json.js";
import { writeLogs } from "./logs.js";
import { writeParquet } from "./parquet.js";
import { writeWandb } from "./wandb.js";

/**
 * Writes runs in a format of other programs and gives the absolute paths of what it wrote: one file, or of `tensorboard` and
 * `wandb` a folder for each run. What a JSON file names (pictures, sounds, artifacts) lies beside it. Numbers keep all of
 * their digits, NaN and infinities stay what they are. A picture, sound or artifact that cannot be read, or that wandb does
 * not take, is left out, which `onProblem` is told.
 *
 * @param runs names, ids, groups, folders or patterns with `*`; objects with a run's folder, such as what `fit` returns
 * @example await exportRuns("mnist-*", { to: "csv", out: "mnist.csv", tags: "^epoch/" })
 * @throws RangeError for an unknown run or format, tags that no run has, a folder in the place of a file; SyntaxError for a
 *   bad regular expression, Error for what the file system refuses, or a Python without the package wandb.
 */
export async function exportRuns(
  runs: string | { readonly dir: string } | readonly (string | { readonly dir: string })[],
  options: ExportOptions,
): Promise<string[]> {
  const settings = exportSettings(options);
  const out = targetOf(settings);
  const found = foundRuns(runs, settings);
  if (settings.to === "tensorboard") return writeLogs(out, found, settings.tags);
  if (settings.to === "wandb") return await writeWandb(out, found, settings);
  if (settings.to === "parquet") await writeParquet(out, found);
  else {
    mkdirSync(dirname(out), { recursive: true });
    if (settings.to === "json") await writeJson(out, found, settings);
    else await writePiecesAtomic(out, csv(found, settings));
  }
  return [out];
}

/** @throws RangeError where a folder or device is in the way of a file, or a file in that of a folder. */
function targetOf({ out, to }: ExportSettings): string {
  const what = `export runs to ${to}`;
  if (to !== "tensorboard" && to !== "wandb") return fileTarget(what, out);
  const folder = resolve(out);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== false) return folder;
  throw new RangeError(`${what}: ${folder} must be a folder, and is a file`);
}

/** Whoever reads it through a link takes its paths from the link's folder: files lie beside the name that was given. */
async function writeJson(
  target: string,
  found: readonly ExportedRun[],
  { out, onProblem }: ExportSettings,
): Promise<void> {
  const { sink, clean } = filesBeside(resolve(out));
  await writePiecesAtomic(target, json(found, { sink, onProblem }));
  clean();
}

/** The text of CSV or JSON in pieces, for who writes it where no files can lie beside it. */
export function exportedText(
  runs: readonly ExportedRun[],
  { to, wide = false, raw = false, onProblem }: Pick<ExportSettings, "to" | "wide" | "raw" | "onProblem">,
): Iterable<string> {
  return to === "json" ? json(runs, { sink: filesInline, onProblem }) : csv(runs, { wide, raw });
}

/** @throws RangeError when none fits. */
export function foundRuns(
  runs: Parameters<typeof exportRuns>[0],
  { tags, dir, onProblem }: Pick<ExportSettings, "tags" | "dir" | "onProblem">,
): ExportedRun[] {
  const patterns = [runs].flat().map((run) => (typeof run === "string" ? run : (run as { dir: string }).dir));
  const dirs = patterns.length === 0 ? [] : findRuns(patterns, dir === undefined ? {} : { dir });
  if (dirs.length === 0)
    throw new RangeError(
      `export runs: there must be a run to export; ${patterns.join(" ") || "nothing"} means none`,
    );
  const found = dirs.map((one) => exportedRun(one, tags));
  if (tags) checkFound(found, tags);
  for (const { data, row } of found)
    for (const { kind, file, message } of data.problems)
      if (kind === "corrupt" || kind === "unreadable")
        onProblem(`export run ${row.name}: ${file}: ${message}`);
  return found;
}

/** @throws RangeError where the runs have series, but none that is asked for. */
function checkFound(found: readonly ExportedRun[], tags: RegExp): void {
  if (found.some(({ scalars, histograms, media }) => tagsOf({ scalars, histograms, ...media }).length > 0))
    return;
  const all = [...new Set(found.flatMap(({ data }) => tagsOf(data)))];
  if (all.length === 0) return;
  const near = nearestTags(tags.source.replaceAll("\\/", "/"), all);
  const hint =
    near.length > 0
      ? `the nearest are ${near.join(", ")}`
      : `none is near; there are ${all.slice(0, 5).join(", ")}`;
  throw new RangeError(
    `export runs: tags must be found in a run's; ${tags} is in none of ${counted(all.length, "tag")}; ${hint}`,
  );
}
