/** What `%profile` writes: a timeline, and a profile for TensorBoard. Each gives the line that tells of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { OpProfile } from "../../src/index.js";
import type { MagicContext } from "../session/magicContext.js";

type Profile = OpProfile<unknown>;
type Library = Awaited<ReturnType<MagicContext["library"]>>;

/** @param asked the path as the person gave it, which is `file`. */
export function writeTrace(
  library: Library,
  profile: Profile,
  { file, asked }: Record<"file" | "asked", string>,
) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(library.chromeTrace(profile.events)));
  return `timeline of ${opsOf(profile)} written to ${asked}\n`;
}

/** Into `dir`, else into the run that was opened, else into the folder of runs. */
export function writeTensorBoard(
  library: Library,
  profile: Profile,
  { run, dir, folder }: TensorBoardPlace,
): string {
  const file = library.saveProfile(profile, dir ?? run);
  // plugins/profile/<time>/<machine>.xplane.pb
  const logdir = join(file, "../../../..");
  const [written, shown] = [file, run && dir === undefined ? dirname(logdir) : logdir].map((path) =>
    inside(folder, path),
  );
  return `profile of ${opsOf(profile)} written to ${written}; TensorBoard with the package xprof shows it: tensorboard --logdir ${shown}\n`;
}

interface TensorBoardPlace {
  /** Whole paths. */
  readonly dir: string | undefined;
  readonly run: { readonly dir: string } | undefined;
  /** Where the person is. */
  readonly folder: string;
}

function opsOf({ events, eventsLeftOut }: Profile): string {
  return eventsLeftOut > 0 ? `the first ${events.length} of ${events.length + eventsLeftOut} ops` : "the ops";
}

/** As the person would write it. */
function inside(folder: string, path: string): string {
  const away = relative(folder, path);
  return away === "" ? "." : away.startsWith("..") ? path : away;
}
