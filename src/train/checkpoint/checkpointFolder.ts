/** The checkpoints of one run: which there are, which are whole, which are kept. */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isTemporary } from "../../base/atomicFile.js";
import { type Direction, isBetter } from "../../base/metric.js";
import type { SavedTraining } from "../trainingState.js";
import {
  type Checkpoint,
  type Monitored,
  monitoredIn,
  readCheckpoint,
  writeCheckpoint,
} from "./checkpointFile.js";
import type { CheckpointPlan } from "./checkpointOptions.js";
import type { TrainingFacts } from "./trainingFacts.js";

/** Told in a sentence what went wrong. */
type Tell = (sentence: string) => void;

export interface CheckpointFolderParts {
  readonly plan: CheckpointPlan;
  readonly facts: TrainingFacts;
  readonly layers: readonly string[];
  readonly tell: Tell;
}

interface Entry {
  readonly name: string;
  /** The monitored metric; NaN in the middle of an epoch. */
  readonly value: number;
}

const pattern = /^step-\d+\.safetensors$/;

/** Of a run's folder. */
export function checkpointFolder(run: string): string {
  return join(run, "checkpoints");
}

/**
 * Writes checkpoints, and removes those that are not to be kept.
 *
 * Invariant: only the run's one owner writes here; a name's content is whole or, after a fault of the disk, told to be
 * damaged by its checksum.
 */
export class CheckpointFolder {
  readonly #folder: string;
  readonly #parts: CheckpointFolderParts;
  /** In the order they were written; undefined until the first is due. */
  #entries: Entry[] | undefined;
  #hasFailed = false;

  /** @param folder made at the first checkpoint, if there is none */
  constructor(folder: string, parts: CheckpointFolderParts) {
    this.#folder = folder;
    this.#parts = parts;
  }

  /** Whether one is due after the `steps`-th step, in an epoch. */
  isDueAfterStep(steps: number): boolean {
    const { everySteps } = this.#parts.plan;
    return everySteps !== undefined && steps % everySteps === 0;
  }

  /**
   * Whether one is due after the `epoch`-th epoch: by its number, or as the best. Where the disk does not say which was
   * the best, none is due as such; that is told once.
   */
  isDueAfterEpoch(epoch: number, values: Readonly<Record<string, number>>): boolean {
    const { everyEpochs, keepBest, monitor, direction } = this.#parts.plan;
    if (everyEpochs !== undefined && epoch % everyEpochs === 0) return true;
    if (!keepBest) return false;
    try {
      const best = bestOf(this.#entries ?? entriesIn(this.#folder), direction);
      return isBetter(values[monitor] ?? Number.NaN, best?.value ?? Number.NaN, direction);
    } catch (error) {
      this.#failed("reading the checkpoints", error);
      return false;
    }
  }

  /**
   * Writes one and removes what is not to be kept, and what a killed process left half written. What the disk refuses
   * is told once, and the training goes on.
   *
   * @param values of the epoch that has just ended; undefined in the middle of one
   */
  async save(saved: SavedTraining, values?: Readonly<Record<string, number>>): Promise<void> {
    const { plan, facts, layers } = this.#parts;
    const name = `step-${String(saved.state.steps).padStart(9, "0")}.safetensors`;
    const { monitor, direction } = plan;
    const monitored = values && { value: values[monitor] ?? Number.NaN, direction };
    try {
      this.#entries ??= this.#open();
      await writeCheckpoint(join(this.#folder, name), { ...saved, facts, layers }, monitored);
      const others = this.#entries.filter((entry) => entry.name !== name);
      this.#entries = this.#pruned([...others, { name, value: monitored?.value ?? Number.NaN }]);
    } catch (error) {
      this.#failed(`writing checkpoint ${name}`, error);
    }
  }

  #failed(what: string, error: unknown): void {
    if (!this.#hasFailed) this.#parts.tell(`${what} failed, training goes on: ${(error as Error).message}`);
    this.#hasFailed = true;
  }

  #open(): Entry[] {
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder))
      if (isTemporary(name)) rmSync(join(this.#folder, name), { force: true });
    return entriesIn(this.#folder);
  }

  #pruned(entries: readonly Entry[]): Entry[] {
    const { keepLast, keepBest, direction } = this.#parts.plan;
    const best = keepBest ? bestOf(entries, direction) : undefined;
    const kept = new Set([...entries.slice(-keepLast), ...(best ? [best] : [])]);
    for (const entry of entries)
      if (!kept.has(entry)) rmSync(join(this.#folder, entry.name), { force: true });
    return entries.filter((entry) => kept.has(entry));
  }
}

/** The newest checkpoint that is whole; undefined if there is none. Damaged ones are told and passed over. */
export function newestCheckpoint(folder: string, tell: Tell): Checkpoint | undefined {
  return firstWhole(folder, namesIn(folder).reverse(), tell);
}

/** That of the best epoch, else of the next best that is whole; as `newestCheckpoint`. */
export function bestCheckpoint(folder: string, tell: Tell): Checkpoint | undefined {
  const valued = namesIn(folder).flatMap((name) => {
    const monitored = readableIn(join(folder, name));
    return monitored && !Number.isNaN(monitored.value) ? [{ name, ...monitored }] : [];
  });
  const byValue = valued.toSorted((a, b) => (a.direction === "max" ? b.value - a.value : a.value - b.value));
  return firstWhole(
    folder,
    byValue.map(({ name }) => name),
    tell,
  );
}

function firstWhole(folder: string, names: readonly string[], tell: Tell): Checkpoint | undefined {
  for (const name of names) {
    try {
      return readCheckpoint(join(folder, name));
    } catch (error) {
      tell(`checkpoint ${name} is damaged and passed over: ${(error as Error).message}`);
    }
  }
  return undefined;
}

function entriesIn(folder: string): Entry[] {
  return namesIn(folder).map((name) => ({
    name,
    value: readableIn(join(folder, name))?.value ?? Number.NaN,
  }));
}

/** Undefined if none has a value. */
function bestOf(entries: readonly Entry[], direction: Direction): Entry | undefined {
  let best: Entry | undefined;
  for (const entry of entries) if (isBetter(entry.value, best?.value ?? Number.NaN, direction)) best = entry;
  return best;
}

/** Oldest first. */
function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort();
}

function readableIn(file: string): Monitored | undefined {
  try {
    return monitoredIn(file);
  } catch (error) {
    // A damaged one is the best of nothing; whoever reads it is told.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
