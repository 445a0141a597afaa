/** What a server shows: what was named, or all there is. */
import { findSweeps, sweepsFolder } from "../../sweep/findSweeps.js";
import { findRuns } from "../../track/findRuns.js";
import { runsFolder } from "../../track/runFolder.js";
import { type BoardInput, type BoardSources, boardSources, type Folders } from "../sources.js";

export type ServedFolders = Required<Folders>;

/** The folders in which to look, absolute: the process may go elsewhere meanwhile. */
export function servedFolders({
  runsDir = runsFolder(),
  sweepsDir = sweepsFolder(),
}: Folders): ServedFolders {
  return { runsDir, sweepsDir };
}

/** Without inputs every run and every sweep in the folders, those of trials too. */
export function servedSources(inputs: readonly BoardInput[], folders: ServedFolders): BoardSources {
  if (inputs.length > 0) return boardSources(inputs, folders);
  const runs = findRuns([], { dir: folders.runsDir });
  const sweeps = findSweeps(undefined, folders.sweepsDir);
  return { runs, sweeps, all: true, ...(runs.length + sweeps.length === 0 ? { searched: folders } : {}) };
}
