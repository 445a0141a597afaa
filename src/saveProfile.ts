/** A profile as a file where TensorBoard looks for it. */
import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { writeFileAtomic } from "./base/atomicFile.js";
import { resolveHere } from "./base/workingFolder.js";
import { type TimedEvents, xspace } from "./native/index.js";
import { runsFolder, safeName } from "./track/index.js";

/** A run, what `fit` returned of a recorded training, or any folder. */
type Place = string | { readonly dir: string | undefined };

/**
 * Writes the events of `profileOps` for TensorBoard's profile plugin (the package `xprof`), which then shows them as a
 * timeline and as a table of ops: `tensorboard --logdir` of the folder, or of one above it.
 *
 * @param place where it belongs: a run, what `fit` returned, or a folder that may not be there yet; the folder of runs
 *   unless said otherwise.
 * @returns the file: `<folder>/plugins/profile/<time>/<machine>.xplane.pb`. Each profile has a folder of its own.
 * @throws TypeError if `place` is a training that was not recorded; what the file system says.
 * @example const profile = await profileOps(() => fit(model, mnist, { epochs: 1 })); saveProfile(profile, profile.value);
 */
export function saveProfile(profile: TimedEvents, place: Place = runsFolder()): string {
  const root = join(folderOf(place), "plugins", "profile");
  const host = hostname();
  const content = xspace(profile, host);
  const file = join(newFolder(root, localTime(profile.beganAt)), `${safeName(host)}.xplane.pb`);
  writeFileAtomic(file, content);
  return file;
}

function folderOf(place: Place): string {
  // From JavaScript anything may come.
  const dir = typeof place === "string" ? place : (place as Exclude<Place, string> | null)?.dir;
  if (typeof dir === "string" && dir !== "") return resolveHere(dir);
  throw new TypeError(
    `saving a profile takes a run, what fit returned, or a folder, but was given ${describe(place)}`,
  );
}

function describe(place: unknown): string {
  if (typeof place === "object" && place !== null && "dir" in place && place.dir === undefined)
    return "a training with track: false, which has no folder";
  return typeof place === "string" ? JSON.stringify(place) : `${place === null ? "null" : typeof place}`;
}

/** `2026_11_29_19_23_30`, as TensorFlow names its profiles. */
function localTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  const parts = [time.getMonth() + 1, time.getDate(), time.getHours(), time.getMinutes(), time.getSeconds()];
  return [time.getFullYear(), ...parts.map((part) => String(part).padStart(2, "0"))].join("_");
}

/** A folder that this call made: two profiles may have begun within a second. */
function newFolder(root: string, name: string): string {
  mkdirSync(root, { recursive: true });
  for (let i = 1; ; i++) {
    const folder = join(root, i === 1 ? name : `${name}-${i}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
