/** How models were built by `mlp` and `cnn`, so that they can be built again with other options. */
import type { tf } from "../native/index.js";

type Options = Readonly<Record<string, unknown>>;

export interface Built {
  /** Whether the builder has such an option. */
  has(option: string): boolean;
  /** What its call gives with other options: those of one name take the place of the first. */
  again(changes: Options): tf.LayersModel;
}

const built = new WeakMap<tf.LayersModel, Built>();

/** @returns the model */
export function noteBuilt(model: tf.LayersModel, how: Built): tf.LayersModel {
  built.set(model, how);
  return model;
}

/** Undefined of a model that was made otherwise. Its weights and layers may have been changed since. */
export function builtOf(model: tf.LayersModel): Built | undefined {
  return built.get(model);
}

/** The options with the changes. A model has `classes` or `outputs`: what is given last. */
export function withOptions<T extends object>(options: T, changes: Options): T {
  const { classes, outputs, ...others } = { ...options, ...changes } as Record<string, unknown>;
  const head =
    changes.classes !== undefined
      ? { classes }
      : changes.outputs !== undefined
        ? { outputs }
        : { classes, outputs };
  return { ...others, ...head } as T;
}
