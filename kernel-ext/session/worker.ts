/** A sweep's worker: a session without a front that runs the cells a trial needs, then trials one after another. */
import { writeSync } from "node:fs";
import { CellSession } from "./cellSession.js";
import { provideNotebookHost } from "./notebookHost.js";
import type { SessionEvent } from "./protocol.js";
import { replayCells, replayMagic } from "./replayCells.js";
import { workerObjective } from "./workerObjective.js";
import type { WorkerSetup } from "./workerSetup.js";

// The coordinator decides what an interrupt means for trials.
process.on("SIGINT", () => undefined);

const session: CellSession = new CellSession({
  emit: keepOutput,
  magic: (request) => replayMagic(request, session),
});
process.on("uncaughtException", (error) => session.errors.reportLate(error, "Uncaught"));
process.on("unhandledRejection", (error) => session.errors.reportLate(error, "Unhandled rejection"));
provideNotebookHost(session, "worker");

const library = await session.importer.library();
library.endWithParent();
await library.serveTrials(library.parentChannel(), async (given) => {
  const setup = given as WorkerSetup;
  process.chdir(setup.folder);
  await replayCells(session, setup.cells);
  return workerObjective(session, setup.objective);
});
process.exit(0);

/** Text goes to the worker's log; what is shown, and the values of cells, go nowhere. */
function keepOutput(event: SessionEvent): void {
  if (event.type !== "stream") return;
  writeSync(event.name === "stdout" ? 1 : 2, event.text);
}
