/** Rates and deviations of a model's noise layers and cells: inputs of its step, so that trials over them share a capture. */
import type { tf } from "../../native/index.js";
import { type LayerNoise, layerNoise } from "../../native/layerNoise.js";
import { partsOf } from "../../native/modelParts.js";
import type { NoiseInputs } from "../../native/random.js";

export interface StepNoise extends LayerNoise {
  readonly layer: object;
}

/** As the layers are now, input side first. */
export function stepNoise(model: tf.LayersModel): StepNoise[] {
  const parts = new Set(model.layers.flatMap(partsOf));
  return [...parts].flatMap((layer) => {
    const noise = layerNoise(layer);
    return noise ? [{ layer, ...noise }] : [];
  });
}

/** The numbers by the names under which a step is fed them. */
export function noiseScalars(noise: readonly StepNoise[]): Record<string, number> {
  const named = noise.flatMap(({ numbers }, i) => numbers.map((value, k) => [nameOf(i, k), value] as const));
  return Object.fromEntries(named);
}

/** What the layers are to take instead of their own numbers. */
export function noiseInputsOf(
  noise: readonly StepNoise[],
  scalars: Readonly<Record<string, tf.Scalar>>,
): NoiseInputs {
  return new Map(
    noise.flatMap(({ layer, isActive, numbers }, i) =>
      isActive ? [[layer, numbers.map((_, k) => scalars[nameOf(i, k)] as tf.Scalar)] as const] : [],
    ),
  );
}

function nameOf(layer: number, number: number): string {
  return `noise ${layer} ${number}`;
}
