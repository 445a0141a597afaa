/** Runs recorded cells again in a worker: for what they declare, not for what they show or record. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellName } from "../language/cellName.js";
import type { CellSession } from "./cellSession.js";
import { errorText } from "./errorReport.js";
import type { MagicRequest } from "./magicRequest.js";
import type { ReplayedCell } from "./workerSetup.js";

/**
 * Cells in their order, each once. Runs they open are recorded in a folder that is thrown away.
 *
 * @throws Error naming the cell that failed although it had not failed in the notebook.
 */
export async function replayCells(session: CellSession, cells: readonly ReplayedCell[]): Promise<void> {
  const kept = process.env.TUNELAB_RUNS;
  const thrownAway = mkdtempSync(join(tmpdir(), "tunelab-replay-"));
  process.env.TUNELAB_RUNS = thrownAway;
  try {
    for (const cell of cells) await replayCell(session, cell);
    const library = await session.importer.library();
    library.closeOpenRuns("finished");
  } finally {
    if (kept === undefined) delete process.env.TUNELAB_RUNS;
    else process.env.TUNELAB_RUNS = kept;
    rmSync(thrownAway, { recursive: true, force: true });
  }
}

function replayCell(session: CellSession, cell: ReplayedCell): Promise<void> {
  return new Promise((resolve, reject) => {
    session.run(cell, {
      silent: true,
      ended: ({ error }) => {
        if (!error || cell.failed) resolve();
        else
          reject(
            new Error(
              `${cellName(cell.number)} failed when it ran again:\n${errorText(error.thrown, session.maps)}`,
            ),
          );
      },
    });
  });
}

/**
 * Magics in a worker: the TypeScript below a `%%name` or behind a `%time` runs, a sweep's result is read from its folder; everything else
 * (`%npm`, `%cd`, `!command`, …) has had its effect on the disk and on the environment the worker started with.
 */
export async function replayMagic(request: MagicRequest, session: CellSession): Promise<unknown> {
  if (request.kind === "shell") return undefined;
  const { magics } = await import("../magics/magics.js");
  const { definition, args } = magics.parse({ name: request.name, kind: request.kind, text: request.text });
  if (request.name === "sweep") {
    const library = await session.importer.library();
    const { name } = args.options as { name?: string };
    const result = library.readSweepResult(name ?? args.positionals[0] ?? "sweep");
    const variable = definition.binds?.(args).name;
    if (request.kind === "cell" && variable !== undefined) await assign(session, variable, result);
    return result;
  }
  const runs = request.kind === "cell" ? definition.body === "code" : definition.lineBody === "once";
  return runs ? request.runBody() : undefined;
}

function assign(session: CellSession, name: string, value: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    session.runner.evaluator.assign(name, value, (end) => {
      if (end.status === "threw") reject(end.error as Error);
      else resolve();
    });
  });
}
