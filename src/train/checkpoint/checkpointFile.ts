/** A training's state as one file, which any program that reads safetensors can open. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { writePiecesAtomic } from "../../base/atomicFile.js";
import { exactJson, parseExactJson } from "../../base/exactJson.js";
import type { Direction } from "../../base/metric.js";
import {
  decodeTensors,
  decodeTexts,
  encodeTensors,
  headerEnd,
  type NamedTensor,
} from "../../base/safetensors.js";
import type { SavedTensor, SavedWeight } from "../seams.js";
import type { SavedTraining, TrainingState } from "../trainingState.js";
import type { TrainingFacts } from "./trainingFacts.js";

export interface Checkpoint extends SavedTraining {
  readonly facts: TrainingFacts;
  /** The names of the model's layers, in their order: by them the run's series are called. */
  readonly layers: readonly string[];
}

const version = 1;

/** What the file holds beside tensors. */
interface FileRecord {
  readonly version: number;
  readonly facts: TrainingFacts;
  readonly layers: readonly string[];
  readonly state: TrainingState;
  readonly updates: number;
  readonly evaluates?: string;
  /** The weights' names in their order, and the names of what the optimiser keeps of each. */
  readonly weights: readonly { readonly name: string; readonly slots: readonly string[] }[];
  readonly best: number;
}

const weightKey = (weight: string) => `weights/${weight}`;
const slotKey = (weight: string, slot: string) => `slots/${weight}/${slot}`;
const bestKey = (index: number) => `best/${index}`;

/** The monitored metric's value at an epoch's end, and which way it is better. */
export interface Monitored {
  readonly value: number;
  readonly direction: Direction;
}

/** @param monitored of a checkpoint at an epoch's end */
export async function writeCheckpoint(
  file: string,
  { facts, layers, state, step, best }: Checkpoint,
  monitored?: Monitored,
): Promise<void> {
  const named = (name: string, { shape, values }: SavedTensor): NamedTensor => ({ name, shape, values });
  const tensors = [
    ...step.weights.flatMap((weight) => [
      named(weightKey(weight.name), weight),
      ...Object.entries(weight.slots).map(([slot, of]) => named(slotKey(weight.name, slot), of)),
    ]),
    ...best.map((of, i) => named(bestKey(i), of)),
  ];
  const record: FileRecord = {
    version,
    facts,
    layers,
    state,
    updates: step.updates,
    ...(step.evaluates !== undefined && { evaluates: step.evaluates }),
    weights: step.weights.map(({ name, slots }) => ({ name, slots: Object.keys(slots) })),
    best: best.length,
  };
  const texts = { tunelab: exactJson(record), ...(monitored && { monitored: exactJson(monitored) }) };
  await writePiecesAtomic(file, encodeTensors(tensors, texts));
}

/** @throws SyntaxError in half a sentence for a file that is not whole or newer than this version. */
export function readCheckpoint(file: string): Checkpoint {
  const { tensors, texts } = decodeTensors(readFileSync(file));
  const record = parseExactJson(texts.tunelab ?? "null") as FileRecord | null;
  if (!record || record.version > version)
    throw new SyntaxError(
      `it must be of version ${version} or lower, and is of ${record?.version ?? "none"}`,
    );
  const tensor = (name: string): SavedTensor => {
    const found = tensors.get(name);
    if (!found) throw new SyntaxError(`it lacks the tensor "${name}"`);
    return { shape: found.shape, values: found.values };
  };
  const weights = record.weights.map(
    ({ name, slots }): SavedWeight => ({
      name,
      ...tensor(weightKey(name)),
      slots: Object.fromEntries(slots.map((slot) => [slot, tensor(slotKey(name, slot))])),
    }),
  );
  const best = Array.from({ length: record.best }, (_, i) => tensor(bestKey(i)));
  const { facts, layers, state, updates, evaluates } = record;
  const step = { updates, ...(evaluates !== undefined && { evaluates }), weights };
  return { facts, layers, state, step, best };
}

/** Of a checkpoint; undefined in the middle of an epoch. @throws SyntaxError for a torn one. */
export function monitoredIn(file: string): Monitored | undefined {
  const descriptor = openSync(file, "r");
  try {
    const first = Buffer.alloc(8);
    const end = headerEnd(first.subarray(0, readSync(descriptor, first, 0, 8, 0)));
    if (end > fstatSync(descriptor).size) throw new SyntaxError("it ends inside its header");
    const beginning = Buffer.alloc(end);
    const read = readSync(descriptor, beginning, 0, beginning.length, 0);
    const { monitored } = decodeTexts(beginning.subarray(0, read));
    return monitored === undefined ? undefined : (parseExactJson(monitored) as Monitored);
  } finally {
    closeSync(descriptor);
  }
}
