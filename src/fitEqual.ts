/** Counts the trainings of this process that look alike, so that one is found again when its program is executed once more. */
import type { LayerSummary } from "./base/modelSummary.js";
import { layerText } from "./fitLayerText.js";
import { type JsonValue, recordedConfig } from "./track/index.js";

/** What two trainings are told apart by, but for their data, which are read only where all else is equal. */
export interface TrainingLooks {
  readonly name: string;
  readonly config: object;
  readonly seed: number | undefined;
  readonly layers: readonly LayerSummary[];
}

const begun = new Map<string, number>();

/** How many such trainings this process recorded before; from now on this one is among them. */
export function equalBefore({ name, config, seed, layers }: TrainingLooks): number {
  const settings: Readonly<Record<string, JsonValue>> = recordedConfig(config);
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  const key = JSON.stringify([name, seed, sorted, layers.map(layerText)]);
  const before = begun.get(key) ?? 0;
  begun.set(key, before + 1);
  return before;
}
