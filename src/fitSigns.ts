/** What one training is known by when its program is executed once more: name, settings, seed, layers and data. */
import {
  type ClassCounts,
  type DataRecord,
  type SplitName,
  splitNames,
  type ValueStatistics,
} from "./base/dataRecord.js";
import { dataOf } from "./fitData.js";
import { layerText } from "./fitLayerText.js";
import { modelFound, trainingConfig } from "./fitTracking.js";
import type { tf } from "./native/index.js";
import {
  type JsonValue,
  readRunRecord,
  recordedConfig,
  type StoredHashes,
  storedData,
} from "./track/index.js";
import type { FitPlan } from "./train/fitPlan.js";

/** What a record lacks, as one of an older version may, is undefined, and compared with nothing. */
export interface TrainingSigns {
  readonly name: string;
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly seed: number | undefined;
  /** Without the numbers that they begin with. */
  readonly layers: readonly string[] | undefined;
  /** Read when all else is equal: there may be much. */
  data(): DataSigns | undefined;
}

interface DataSigns {
  readonly sizes: Readonly<Partial<Record<SplitName, number>>>;
  /** Rows of each class, or what is known of the values. */
  readonly targets: readonly (ClassCounts | ValueStatistics | undefined)[];
  readonly hashes: StoredHashes | undefined;
}

/** Of a training about to begin. */
export function signsOf(model: tf.LayersModel, plan: FitPlan): TrainingSigns {
  return {
    name: plan.track?.name ?? model.name,
    config: recordedConfig(trainingConfig(model, plan)),
    seed: plan.training.seed,
    layers: modelFound(model, plan).layers.map(layerText),
    data() {
      const { record, ...hashed } = dataOf(model, plan);
      return { ...signsOfData(record), hashes: record.noHashes === undefined ? hashed : undefined };
    },
  };
}

/** Of a recorded one. */
export function recordedSigns(dir: string): TrainingSigns {
  const { name, config, seed, model } = readRunRecord(dir);
  return {
    name,
    config,
    seed,
    layers: model?.layers.map(layerText),
    data() {
      const stored = storedData(dir);
      return stored && { ...signsOfData(stored.record()), hashes: stored.hashes() };
    },
  };
}

/** How a training differs from the recorded one, in words; none if it is the same as far as the record tells. */
export function differences(one: TrainingSigns, recorded: TrainingSigns): string[] {
  const found = otherLooks(one, recorded);
  return found.length > 0 ? found : dataDifferences(one.data(), recorded.data());
}

/** As `differences`, whatever the data are. */
export function otherLooks(one: TrainingSigns, recorded: TrainingSigns): string[] {
  return [
    ...(one.name === recorded.name ? [] : [`it is called ${JSON.stringify(one.name)}`]),
    ...(recorded.seed === undefined || one.seed === recorded.seed
      ? []
      : [`seed ${one.seed}, not ${recorded.seed}`]),
    ...Object.keys(one.config)
      .filter((key) => !isSame(one.config[key], recorded.config[key]))
      .map((key) => `${key} ${said(one.config[key])}, not ${said(recorded.config[key])}`),
    ...layerDifferences(one.layers, recorded.layers),
  ];
}

function layerDifferences(one: readonly string[] = [], recorded: readonly string[] | undefined): string[] {
  if (!recorded) return [];
  if (one.length !== recorded.length) return [`${one.length} layers, not ${recorded.length}`];
  const at = one.findIndex((layer, i) => layer !== recorded[i]);
  return at < 0 ? [] : [`layer ${at + 1} is ${one[at]}, not ${recorded[at]}`];
}

function signsOfData({ sizes, targets }: DataRecord): Pick<DataSigns, "sizes" | "targets"> {
  return {
    sizes,
    targets: targets.map((target) => (target.kind === "classes" ? target.counts : target.all)),
  };
}

function dataDifferences(one: DataSigns | undefined, recorded: DataSigns | undefined): string[] {
  if (!one || !recorded) return [];
  const counts = splitNames
    .filter((split) => one.sizes[split] !== recorded.sizes[split])
    .map((split) => `${one.sizes[split] ?? 0} ${split} rows, not ${recorded.sizes[split] ?? 0}`);
  if (counts.length > 0) return counts;
  if (JSON.stringify(one.targets) !== JSON.stringify(recorded.targets)) return ["other targets"];
  const [hashes, others] = [one.hashes?.hashes, recorded.hashes?.hashes];
  if (!hashes || !others) return [];
  return splitNames
    .filter((split) => !isSameBytes(hashes[split], others[split]))
    .map((split) => `other ${split} rows`);
}

function isSameBytes(one: Uint32Array | undefined, other: Uint32Array | undefined): boolean {
  if (!one || !other) return one === other;
  const bytes = ({ buffer, byteOffset, byteLength }: Uint32Array) =>
    Buffer.from(buffer, byteOffset, byteLength);
  return bytes(one).equals(bytes(other));
}

/** A secret that is left out of the record may have been anything. */
function isSame(one: JsonValue | undefined, recorded: JsonValue | undefined): boolean {
  if (typeof recorded === "string" && recorded.includes("***")) return true;
  if (typeof one !== "object" || typeof recorded !== "object" || !one || !recorded) return one === recorded;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(recorded)])];
  const entry = (of: object, key: string) => (of as Readonly<Record<string, JsonValue>>)[key];
  return keys.every((key) => isSame(entry(one, key), entry(recorded, key)));
}

function said(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? "none";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
