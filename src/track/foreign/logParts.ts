/**
 * Which folders below one of another program's are parts of one run, and no runs of their own:
 *
 * - A folder `train` and one for validation (`validation`, `val`, `test`, …), both with event files, are the halves of a
 *   training, as Keras logs it; unless the latter says hyper-parameters of its own: then they are runs that are called so.
 * - In a folder with event files, one called `<tag>_<curve>` whose files hold that tag alone is a curve that
 *   `SummaryWriter.add_scalars` drew.
 *   Source: torch/utils/tensorboard/writer.py and tensorboardX/writer.py, add_scalars.
 */
import { type Dirent, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isFolder } from "../../base/isFolder.js";
import { trainingWords, validationWords } from "../../base/splitWords.js";
import type { RunPart } from "../runParts.js";
import { isLog, logFiles } from "./logFiles.js";
import { onlyTag } from "./onlyTag.js";
import { isClosed, isGone } from "./pathErrors.js";
import { runSession } from "./runSession.js";

/** Halves before curves. @param entries of `dir`, which holds no run.json */
export function logParts(dir: string, entries: readonly Dirent[] = listed(dir)): RunPart[] {
  const folders = entries
    .filter((entry) => !entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
  const halves = halvesOf(dir, folders);
  const others = folders.filter((folder) => !halves.includes(folder));
  const curves = entries.some((entry) => isLog(dir, entry))
    ? others.flatMap((folder) => curveIn(dir, folder))
    : [];
  return [...halves.map((folder) => ({ folder })), ...curves];
}

function listed(dir: string): Dirent[] {
  return readdirSync(dir, { withFileTypes: true });
}

/** In the order of their series in the run. */
function halvesOf(dir: string, folders: readonly string[]): string[] {
  const called = (names: readonly string[]) =>
    names.flatMap((name) => folders.filter((folder) => folder.toLowerCase() === name));
  const found = (names: readonly string[]) =>
    called(names).filter((folder) => filesIn(join(dir, folder)).length > 0);
  // Most folders have none called so: nothing is looked at in those.
  if (called(trainingWords).length === 0 || called(validationWords).length === 0) return [];
  const [training, validation] = [found(trainingWords), found(validationWords)];
  if (training.length === 0 || validation.length === 0) return [];
  const isRun = (folder: string) => Object.keys(runSession(filesIn(join(dir, folder))).config).length > 0;
  return validation.some(isRun) ? [] : [...training, ...validation];
}

function curveIn(dir: string, folder: string): RunPart[] {
  if (!folder.includes("_")) return [];
  const [file] = filesIn(join(dir, folder));
  const tag = file === undefined ? undefined : onlyTag(file);
  const start = `${tag?.replaceAll("/", "_")}_`;
  if (tag === undefined || !folder.startsWith(start) || folder === start) return [];
  return [{ folder, curve: { tag, name: `${tag}/${folder.slice(start.length)}` } }];
}

/** None where there is no folder, one of ours, or one that cannot be read: whoever looks for runs in it says so. */
function filesIn(folder: string): string[] {
  try {
    return isFolder(folder) && !existsSync(join(folder, "run.json")) ? logFiles(folder) : [];
  } catch (error) {
    if (isClosed(error) || isGone(error)) return [];
    throw error;
  }
}
