/** What a server shows: folders of runs and sweeps, read once and then only what is new. */
import { existsSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { recordFile } from "../../sweep/sweepRecord.js";
import { isRunFolder } from "../../track/findRuns.js";
import { isLogPart } from "../../track/foreign/logFolders.js";
import type { RunData } from "../../track/runData.js";
import { RunReader } from "../../track/runReader.js";
import type { BoardData } from "../content.js";
import type { BoardSettings } from "../options.js";
import { readSweepOrTell, withMedia } from "../read.js";
import { type BoardRun, labelled } from "../series.js";
import type { BoardSources } from "../sources.js";
import type { SweepData } from "../sweepData.js";
import { sweepData } from "../sweepFromRecord.js";
import type { BoardVerdict } from "../verdicts.js";
import { mostDiagnosed, verdictsOrTell } from "../withVerdicts.js";
import { withKept } from "./withKept.js";

/** What the doctor said of a run, and why it said nothing, if it could not. */
interface Said {
  readonly verdicts: readonly BoardVerdict[];
  readonly failures: readonly string[];
}

interface Watched {
  readonly reader: RunReader;
  /** Undefined until it was read. */
  data?: RunData;
  /** Undefined until the doctor saw it. */
  said?: Said;
}

interface Shown {
  readonly watched: Watched;
  readonly run: BoardRun;
}

/** Finished runs are looked at in each so many refreshes: they may be resumed. */
const restful = 8;
/** New runs are looked for in each so many. */
const finding = 3;

/**
 * Invariants: `version` rises exactly when what `data` gives has changed; series of a run that did not change are the
 * same objects.
 */
export class LiveBoard {
  readonly #find: () => BoardSources;
  readonly #runs = new Map<string, Watched>();
  /** Of those that were named. */
  readonly #gone = new Set<string>();
  #sweeps: SweepData[] = [];
  /** Sentences about sweeps that cannot be read. */
  #unreadable: string[] = [];
  #sweepText = "";
  #version = 0;
  #round = 0;
  #failure: string | undefined;
  /** Why the last refresh ended before its end. */
  #broken: string | undefined;
  #searched: BoardSources["searched"];
  #all = false;
  #board: BoardData = { runs: [], sweeps: [] };

  readonly #settings: BoardSettings;

  /** @param find is called in each refresh: runs may come and go. */
  constructor(find: () => BoardSources, settings: BoardSettings) {
    this.#find = find;
    this.#settings = settings;
  }

  get version(): number {
    return this.#version;
  }

  get data(): BoardData {
    return this.#board;
  }

  /** Says on the board why it could not be read, until it can. */
  fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (this.#broken === why) return;
    this.#broken = why;
    this.#compose();
  }

  /** Runs that were found but not read yet. */
  get unread(): number {
    return [...this.#runs.values()].filter(({ data }) => data === undefined).length;
  }

  /** Reads what is new; between two runs others may do their work. `told` is called when something has changed. */
  async refresh(told: () => void = () => {}): Promise<void> {
    const looks = this.#round++ % finding === 0;
    const changed = () => {
      this.#compose();
      told();
    };
    if (looks && this.#look()) changed();
    for (const [dir, watched] of [...this.#runs]) {
      if (this.#rests(watched)) continue;
      if (this.#refreshRun(dir, watched)) changed();
      await setImmediate();
    }
    // Last: what was read is seen before the doctor has looked at it.
    for (const shown of this.#shown().slice(0, mostDiagnosed)) {
      if (judge(shown)) changed();
      await setImmediate();
    }
    if (this.#broken !== undefined) {
      this.#broken = undefined;
      changed();
    }
  }

  #shown(): Shown[] {
    const read = [...this.#runs.values()].flatMap((watched) =>
      watched.data ? [{ watched, data: watched.data }] : [],
    );
    const runs = labelled(read.map(({ data }) => data));
    return read.map(({ watched }, i) => ({ watched, run: runs[i] as BoardRun }));
  }

  #rests({ data }: Watched): boolean {
    return data !== undefined && data.status !== "running" && this.#round % restful !== 0;
  }

  /** Finds folders; true when others are there than before. */
  #look(): boolean {
    let sources: BoardSources;
    try {
      sources = this.#find();
    } catch (error) {
      // What was named is gone by now: what was read of it stays to be seen.
      const failure = (error as Error).message;
      const isNew = failure !== this.#failure;
      this.#failure = failure;
      return this.#dropGone() || isNew;
    }
    const before = this.#failure;
    this.#failure = undefined;
    this.#searched = sources.searched;
    this.#all = sources.all === true;
    let changed = before !== undefined;
    for (const dir of sources.runs) {
      if (this.#runs.has(dir) || !isRunFolder(dir)) continue;
      this.#runs.set(dir, { reader: new RunReader(dir) });
      this.#gone.delete(dir);
      changed = true;
    }
    const joined = this.#dropJoined(sources.runs);
    return [this.#dropGone(), joined, this.#readSweeps(sources.sweeps), changed].includes(true);
  }

  /** A training's first half is a run until the second comes: then it is found no more, and is a part of another. */
  #dropJoined(found: readonly string[]): boolean {
    const joined = [...this.#runs.keys()].filter((dir) => !found.includes(dir) && isLogPart(dir));
    for (const dir of joined) this.#runs.delete(dir);
    return joined.length > 0;
  }

  #dropGone(): boolean {
    const gone = [...this.#runs.keys()].filter((dir) => !isRunFolder(dir));
    for (const dir of gone) this.#forget(dir);
    return gone.length > 0;
  }

  #forget(dir: string): void {
    this.#runs.delete(dir);
    if (!this.#all) this.#gone.add(dir);
  }

  #readSweeps(dirs: readonly string[]): boolean {
    const unreadable: string[] = [];
    const tell = (sentence: string) => unreadable.push(sentence);
    this.#sweeps = dirs
      .filter((dir) => existsSync(recordFile(dir)))
      .flatMap((dir) => readSweepOrTell(dir, tell))
      .map((sweep) => sweepData(sweep, this.#settings.pareto, tell));
    this.#unreadable = unreadable;
    const text = JSON.stringify([this.#sweeps, unreadable]);
    const changed = text !== this.#sweepText;
    this.#sweepText = text;
    return changed;
  }

  #refreshRun(dir: string, watched: Watched): boolean {
    let fresh: RunData;
    try {
      fresh = watched.reader.refresh();
    } catch (error) {
      if (!isRunFolder(dir)) this.#forget(dir);
      else if (watched.data) return false;
      else this.#runs.delete(dir);
      if (isRunFolder(dir)) this.#failure = (error as Error).message;
      return true;
    }
    const before = watched.data;
    watched.data = before ? withKept(before, fresh) : fresh;
    return watched.data !== before;
  }

  #compose(): void {
    this.#version++;
    const shown = this.#shown();
    const missing = [
      ...(this.#failure === undefined ? [] : [this.#failure]),
      ...(this.#broken === undefined ? [] : [`The board could not be read to its end: ${this.#broken}`]),
      ...(this.#searched && this.#runs.size === 0
        ? [`No run was found in ${this.#searched.runsDir}, and no sweep in ${this.#searched.sweepsDir}.`]
        : []),
      ...[...this.#gone].map((dir) => `${dir} is gone, removed or renamed since it was found.`),
      ...this.#unreadable,
    ];
    const runs = shown.map((one) =>
      withMedia(withSaid(one), this.#settings, (sentence) => missing.push(sentence)),
    );
    missing.push(...shown.flatMap(({ watched }) => watched.said?.failures ?? []));
    this.#board = {
      runs,
      sweeps: this.#sweeps,
      ...(missing.length > 0 ? { missing } : {}),
    };
  }
}

/** True where the doctor says something else than before. */
function judge({ run, watched }: Shown): boolean {
  const failures: string[] = [];
  const verdicts = verdictsOrTell(run, (sentence) => failures.push(sentence));
  const before = watched.said ?? { verdicts: [], failures: [] };
  watched.said = { verdicts, failures };
  return JSON.stringify(watched.said) !== JSON.stringify(before);
}

function withSaid({ run, watched }: Shown): BoardRun {
  const verdicts = watched.said?.verdicts ?? [];
  return verdicts.length > 0 ? { ...run, verdicts } : run;
}
