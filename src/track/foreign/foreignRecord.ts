/** The record of a run that another program wrote: what its event files say, and nothing else. */
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { isoTime, isWallTime } from "../../base/clock.js";
import { shortId } from "../runFolder.js";
import { foldersOf } from "../runParts.js";
import { type RunRecord, schemaVersion } from "../runRecord.js";
import { logFiles } from "./logFiles.js";
import { isLogFolder } from "./logFolders.js";
import { logParts } from "./logParts.js";
import { logName } from "./logRoots.js";
import { runSession } from "./runSession.js";

/**
 * Undefined unless event files lie in `dir` and no run.json. Nothing is written there.
 *
 * Name: the path from the folder that was looked in; id: from the path, so it stays; configuration and end as the HParams
 * plugin has them. A run without an end has the status "running", which `statusOf` judges by the age of its files.
 */
export function foreignRecord(dir: string): RunRecord | undefined {
  const path = resolve(dir);
  if (!isLogFolder(path)) return undefined;
  const parts = logParts(path);
  const { began, config, end } = runSession(foldersOf(path, parts).flatMap(logFiles));
  const createdAt = isoTime({ wallTime: () => (began !== undefined && isWallTime(began) ? began : 0) });
  return {
    schemaVersion,
    id: shortId(createHash("sha256").update(path).digest()),
    name: logName(path),
    tags: [],
    notes: "",
    status: end ?? "running",
    createdAt,
    heartbeat: createdAt,
    foreign: true,
    ...(parts.length > 0 && { parts }),
    owner: { pid: 0, host: "" },
    resumed: 0,
    config,
    command: [],
    workingDirectory: path,
    code: [],
    environment: {},
    summary: {},
    problems: [],
  };
}
