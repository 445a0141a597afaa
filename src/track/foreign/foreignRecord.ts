/** The record of a run that another program wrote: what its event files say, and nothing else. */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { isoTime, isWallTime } from "../../base/clock.js";
import { shortId } from "../runFolder.js";
import { type RunRecord, schemaVersion } from "../runRecord.js";
import { isLogFolder, logFiles } from "./logFolders.js";
import { logName } from "./logRoots.js";
import { type LogSession, logSession } from "./logSession.js";

interface Known {
  readonly version: string;
  readonly session: LogSession;
}

/** What was read of folders, by what their files were then. */
const known = new Map<string, Known>();
const mostKnown = 10_000;

/**
 * Undefined unless event files lie in `dir` and no run.json. Nothing is written there.
 *
 * Name: the path from the folder that was looked in; id: from the path, so it stays; configuration and end as the HParams
 * plugin has them. A run without an end has the status "running", which `statusOf` judges by the age of its files.
 */
export function foreignRecord(dir: string): RunRecord | undefined {
  const path = resolve(dir);
  if (!isLogFolder(path)) return undefined;
  const { began, config, end } = sessionOf(path);
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

function sessionOf(dir: string): LogSession {
  const files = logFiles(dir);
  const version = files
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : "gone";
    })
    .join(" ");
  const before = known.get(dir);
  if (before?.version === version) return before.session;
  const session = logSession(files);
  if (known.size >= mostKnown) known.clear();
  known.set(dir, { version, session });
  return session;
}
