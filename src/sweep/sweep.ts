/** Runs a sweep from its options to its result. */
import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { eitherSignal } from "../base/eitherSignal.js";
import { host, type Shown } from "../base/host.js";
import { sayAside } from "../base/sayAside.js";
import { Coordinator, type CoordinatorOptions } from "./coordinator.js";
import type { Engine } from "./engines/engine.js";
import { inProcessEngine } from "./engines/inProcess.js";
import { localEngine } from "./engines/local.js";
import type { ModuleSetup } from "./engines/worker.js";
import { Journal, readJournal } from "./journal.js";
import { makeSweepFolder, reopenSweepFolder, type SweepFolder } from "./sweepFolder.js";
import { lockSweep, type SweepLock } from "./sweepLock.js";
import { normalizeOptions, type SweepOptions } from "./sweepOptions.js";
import { journalFile } from "./sweepRecord.js";
import { SweepResult } from "./sweepResult.js";
import { finalBundle, headlineBundle, liveBundle, type TableInput } from "./sweepTable.js";
import { isFinished } from "./trialRecord.js";
import { printedLogs, workerLogs } from "./workerLogs.js";

/** Milliseconds between two updates of the table. */
const updateInterval = 250;

/**
 * Searches for the parameters that give the best value.
 *
 * Everything is kept in `sweeps/<name>-<id>/` as it happens; an interrupt ends the running trials, keeps the rest and
 * resolves with what there is; `resume` goes on from there, and after any kill.
 *
 * @example
 * const result = await sweep({
 *   objective: (trial) => (trial.suggestFloat("x", -10, 10) - 2) ** 2,
 *   trials: 30, minimize: true,
 * });
 * result.bestParams.x;
 *
 * @throws TypeError, RangeError or SyntaxError for wrong options; RangeError when another process has the sweep; Error when
 *   one takes it over meanwhile; what the engine says when no worker can start.
 */
export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const folder = openFolder(options, normalizeOptions(options));
  const lock = lockSweep(folder.dir, {
    takeOver: options.takeOver === true,
    onFault: ({ message }) =>
      sayAside(
        `the lock of the sweep in ${folder.dir} does not tell whether another process has it: ${message}`,
      ),
  });
  try {
    return await runSweep(options, folder, lock);
  } finally {
    lock.release();
  }
}

function openFolder(options: SweepOptions, normal: CoordinatorOptions): SweepFolder {
  const { engine, objective, resume, dir, sources } = options;
  if (typeof engine === "string" && engine !== "local")
    throw new RangeError(`a sweep's engine is local; "${engine}" is not built yet`);
  if (resume === undefined || resume === false) {
    const name = engine || typeof objective !== "function" ? "local" : "process";
    return makeSweepFolder(normal, { engine: name, dir, sources });
  }
  const changed = new Set(
    Object.entries(options).flatMap(([key, value]) => (value === undefined ? [] : [key])),
  );
  return reopenSweepFolder(normal, { resume, dir, changed });
}

async function runSweep(
  options: SweepOptions,
  { dir, options: normal }: SweepFolder,
  lock: SweepLock,
): Promise<SweepResult> {
  const file = journalFile(dir);
  const { records, length, problems } = readJournal(file);
  if (problems.length > 0)
    throw new SyntaxError(`to resume a sweep its journal must be whole; ${problems.join("; ")}`);
  const journal = new Journal(file, length, () => lock.assertHeld());
  try {
    const live = new LiveTable(options.progress !== false);
    const coordinator = new Coordinator(normal, journal, () => live.changed());
    coordinator.resume(records);
    const since = normal.clock.wallTime();
    const finishedBefore = coordinator.table.trials.filter(isFinished).length;
    const table = (): TableInput => ({
      name: normal.name,
      direction: normal.direction,
      metric: normal.metric,
      trials: coordinator.table.trials,
      limit: normal.trials,
      now: normal.clock.wallTime(),
      since,
      finishedBefore,
      parallel: normal.window,
      waited: coordinator.waited,
      // What is shown when the interrupt comes stays, should the trials that are ended take longer than their cell.
      ...(host().signal().aborted && { endReason: "interrupted" }),
    });
    journal.append({ type: "open", time: since, pid: process.pid, parallel: normal.window });
    live.show(table);
    const tableAtEnd = (endReason: string | undefined): TableInput => ({
      ...table(),
      endReason,
      printed: printedLogs(dir),
    });
    let ended = false;
    const { signal, release } = eitherSignal([host().signal(), lock.lost]);
    const interrupted = () => live.now();
    signal.addEventListener("abort", interrupted);
    try {
      await coordinator.run(engineOf(options, { dir, normal }), signal);
      ended = true;
    } finally {
      release();
      const reason = coordinator.endReason ?? "interrupted";
      // Once another process has the sweep nothing more is written into its journal.
      if (!lock.lost.aborted) journal.append({ type: "close", time: normal.clock.wallTime(), reason });
      live.end(tableAtEnd(reason), ended && reason !== "interrupted" ? options.ending?.(dir) : undefined);
    }
    lock.lost.throwIfAborted();
    return new SweepResult(dir, tableAtEnd(coordinator.endReason));
  } finally {
    await journal.close();
  }
}

function engineOf(
  { objective, engine }: SweepOptions,
  { dir, normal }: { readonly dir: string; readonly normal: CoordinatorOptions },
): Engine {
  const workers = normal.window;
  if (typeof engine === "function") return engine(dir);
  if (typeof objective === "function") {
    if (engine === "local")
      throw new TypeError("worker processes need an objective in a module; it was given a function");
    return inProcessEngine(objective, workers);
  }
  if (objective === undefined)
    throw new TypeError("a sweep needs an objective: a function or a module; it was given none");
  const setup: ModuleSetup = {
    objective: moduleUrl(objective),
    declared: Object.keys(normal.space ?? {}),
  };
  return localEngine({
    workers,
    module: builtModule("./engines/worker.js"),
    setup,
    logs: workerLogs(dir),
  });
}

/** @throws RangeError when there is no such file. */
function moduleUrl(objective: URL | string): string {
  const url =
    typeof objective === "string" && !objective.startsWith("file:")
      ? pathToFileURL(resolve(objective))
      : new URL(objective);
  if (!existsSync(fileURLToPath(url)))
    throw new RangeError(`the objective's module does not exist: ${fileURLToPath(url)}`);
  return url.href;
}

/** The compiled form of a module beside this one; tests run from the sources, processes only from what was built. */
function builtModule(relative: string): string {
  const path = fileURLToPath(new URL(relative, import.meta.url));
  const source = fileURLToPath(new URL(".", import.meta.url));
  const root = source.slice(0, source.lastIndexOf(`${sep}src${sep}sweep`));
  return root.endsWith(`${sep}dist`) || !existsSync(join(root, "dist"))
    ? path
    : join(root, "dist", path.slice(root.length));
}

/** The table in the notebook or terminal, renewed at most four times a second. */
class LiveTable {
  private shown: Shown | undefined;
  private table: (() => TableInput) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly enabled: boolean) {}

  show(table: () => TableInput): void {
    if (!this.enabled) return;
    this.table = table;
    this.shown = host().display(liveBundle(table()));
  }

  changed(): void {
    if (!this.shown) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.now();
    }, updateInterval);
  }

  now(): void {
    if (this.table) this.shown?.update(liveBundle(this.table()));
  }

  /** The last table, or the line that takes its place. An interrupted cell shows no value: this is all there is. */
  end(table: TableInput, line: string | undefined): void {
    clearTimeout(this.timer);
    const bundle = table.endReason === "interrupted" ? finalBundle(table) : headlineBundle(table);
    this.shown?.update(line === undefined ? bundle : { "text/plain": line }, { final: true });
  }
}
