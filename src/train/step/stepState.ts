/** The weights and optimiser slots of one training, as variables that live in TensorFlow. */
import type { Handle } from "../../native/handles.js";
import { tf } from "../../native/index.js";
import { ResourceVariable } from "../../native/resourceVariable.js";
import type { Optimizer } from "../../optim/optimizer.js";
import { initialSlots } from "../../optim/slots.js";
import type { SavedTensor, SavedWeight } from "../seams.js";
import type { Weight } from "./modelWeights.js";
import type { StepInputs } from "./stepBody.js";

/** What a step reads of it: the weights as they are trained or as they are validated, and what beside them. */
export interface StateReads {
  readonly trains: boolean;
  readonly slots: boolean;
  readonly sums: boolean;
}

/**
 * Lifecycle: made from a model's weights, which it copies; disposed once.
 * Invariant: the order is that of the weights; the slots of one weight are in the order of their names' creation.
 */
export class StepState {
  readonly weights: readonly ResourceVariable[];
  /** The slot that stands for a trained weight wherever it is not trained on. */
  readonly #evaluates: string | undefined;
  #slots: readonly Readonly<Record<string, ResourceVariable>>[];
  /** Whether each weight is trained. */
  #trains: readonly boolean[];
  /** Of each trained weight, where gradients are added up; made when they are first asked for. */
  #sums: readonly ResourceVariable[] | undefined;
  /** While gradients are added up: of each weight that is not trained, what it was before; batch norm assigns such. */
  #before: readonly { readonly variable: ResourceVariable; readonly value: tf.Tensor }[] | undefined;
  /** By what is read: each kind of step has one object for it. */
  readonly #handles = new Map<StateReads, readonly Handle[]>();

  constructor(weights: readonly Weight[], optimizer: Optimizer) {
    this.weights = weights.map(({ variable }) => new ResourceVariable(variable));
    this.#slots = weights.map(({ variable, trainable }) => (trainable ? newSlots(variable, optimizer) : {}));
    this.#trains = weights.map(({ trainable }) => trainable);
    this.#evaluates = optimizer.evaluates;
  }

  /**
   * Other weights are trained from now on. Those that were trained before keep their slots; one that is frozen loses
   * them, and starts with new ones if it is trained again.
   */
  retrain(weights: readonly Weight[], optimizer: Optimizer): void {
    this.endUpdate();
    this.#trains = weights.map(({ trainable }) => trainable);
    this.#slots = weights.map(({ trainable }, i) => {
      const slots = this.#slots[i] ?? {};
      const hasSlots = Object.keys(slots).length > 0;
      if (trainable === hasSlots) return slots;
      if (!trainable) {
        for (const slot of Object.values(slots)) slot.dispose();
        return {};
      }
      const value = (this.weights[i] as ResourceVariable).read();
      try {
        return newSlots(value, optimizer);
      } finally {
        value.dispose();
      }
    });
    this.#disposeSums();
    this.#handles.clear();
  }

  /** As a captured step takes them: the weights', then those of what it reads beside them. */
  handlesFor(reads: StateReads): readonly Handle[] {
    const known = this.#handles.get(reads);
    if (known) return known;
    const weights = reads.trains ? this.weights : this.#evaluated;
    const slots = reads.slots ? this.#slots.flatMap((of) => Object.values(of)) : [];
    const sums = reads.sums ? this.#summed() : [];
    const handles = [...weights, ...slots, ...sums].map(({ handle }) => handle);
    this.#handles.set(reads, handles);
    return handles;
  }

  /** As a step takes them that runs eagerly. */
  resourcesFor(reads: StateReads): Pick<StepInputs, "weights" | "slots" | "sums"> {
    const resource = ([name, variable]: [string, ResourceVariable]): [string, tf.Tensor] => [
      name,
      variable.resource,
    ];
    const weights = reads.trains ? this.weights : this.#evaluated;
    return {
      weights: weights.map((variable) => variable.resource),
      slots: this.#slots.map((slots) => Object.fromEntries(Object.entries(slots).map(resource))),
      sums: reads.sums ? this.#summed().map((variable) => variable.resource) : [],
    };
  }

  /** Gradients are about to be added up: from here on `forget` gives back what layers assign. */
  beginUpdate(): void {
    this.#before ??= this.weights.flatMap((variable, i) =>
      this.#trains[i] ? [] : [{ variable, value: tf.keep(variable.read()) }],
    );
  }

  /** The update has been done. */
  endUpdate(): void {
    for (const { value } of this.#before ?? []) value.dispose();
    this.#before = undefined;
  }

  /** What was added up of gradients counts no more, nor what layers assigned meanwhile. */
  forget(): void {
    for (const sum of this.#sums ?? []) setToZero(sum);
    for (const { variable, value } of this.#before ?? []) variable.assign(value);
    this.endUpdate();
  }

  /** Copies the values into the model's own variables: of averaged weights the averages. */
  pull(weights: readonly Weight[]): void {
    const values = this.#evaluated;
    weights.forEach(({ variable }, i) => {
      const value = (values[i] as ResourceVariable).read();
      variable.assign(value);
      value.dispose();
    });
  }

  /** Copies the trained weights and all slots to the host. */
  save(weights: readonly Weight[]): SavedWeight[] {
    return weights.map(({ name }, i) => ({
      name,
      ...saved(this.weights[i] as ResourceVariable),
      slots: Object.fromEntries(
        Object.entries(this.#slots[i] ?? {}).map(([slot, variable]) => [slot, saved(variable)]),
      ),
    }));
  }

  /**
   * Takes the values of `save`. A weight that was not trained then, but is now, keeps its new slots; nothing is changed
   * when something does not fit.
   *
   * @throws TypeError naming the first that does not.
   */
  restore(from: readonly SavedWeight[], weights: readonly Weight[]): void {
    if (from.length !== weights.length)
      throw new TypeError(
        `going on with a training needs the model it had, with ${from.length} weights; this one has ${weights.length}`,
      );
    const pairs = from.flatMap(({ slots, ...value }, i): [ResourceVariable, SavedTensor, string][] => {
      const { name } = weights[i] as Weight;
      const own = this.#slots[i] ?? {};
      if (Object.keys(own).length > 0 && Object.keys(slots).length > 0) sameSlots(name, slots, own);
      const kept = Object.entries(slots).flatMap(
        ([slot, saved]): [ResourceVariable, SavedTensor, string][] => {
          const variable = own[slot];
          return variable ? [[variable, saved, `${name}'s ${slot}`]] : [];
        },
      );
      return [[this.weights[i] as ResourceVariable, value, name], ...kept];
    });
    for (const [{ shape }, saved, what] of pairs)
      if (`${shape}` !== `${saved.shape}`)
        throw new TypeError(
          `going on with a training needs the model it had, whose ${what} is [${saved.shape}]; here it is [${shape}]`,
        );
    for (const [variable, { shape, values }] of pairs) {
      const tensor = tf.tensor(values, [...shape]);
      variable.assign(tensor);
      tensor.dispose();
    }
  }

  dispose(): void {
    for (const variable of this.#all()) variable.dispose();
    this.#disposeSums();
    this.endUpdate();
  }

  #summed(): readonly ResourceVariable[] {
    this.#sums ??= this.weights.flatMap(({ shape }, i) => (this.#trains[i] ? [zeros(shape)] : []));
    return this.#sums;
  }

  #disposeSums(): void {
    for (const sum of this.#sums ?? []) sum.dispose();
    this.#sums = undefined;
  }

  /** The weights as validation sees them. */
  get #evaluated(): readonly ResourceVariable[] {
    const slot = this.#evaluates;
    return slot === undefined
      ? this.weights
      : this.weights.map((weight, i) => this.#slots[i]?.[slot] ?? weight);
  }

  #all(): ResourceVariable[] {
    return [...this.weights, ...this.#slots.flatMap((slots) => Object.values(slots))];
  }
}

function zeros(shape: readonly number[]): ResourceVariable {
  const value = tf.zeros([...shape]);
  const variable = new ResourceVariable(value);
  value.dispose();
  return variable;
}

function setToZero(variable: ResourceVariable): void {
  tf.tidy(() => variable.assign(tf.zeros([...variable.shape])));
}

function saved(variable: ResourceVariable): SavedTensor {
  const value = variable.read();
  const values = value.dataSync() as Float32Array;
  value.dispose();
  return { shape: variable.shape, values };
}

function sameSlots(weight: string, before: object, now: object): void {
  const text = (slots: object) => Object.keys(slots).join(", ");
  if (text(before) !== text(now))
    throw new TypeError(
      `going on with a training needs the optimizer it had, which keeps ${text(before)} of ${weight}; this one keeps ${text(now)}`,
    );
}

function newSlots(parameter: tf.Tensor, optimizer: Optimizer): Record<string, ResourceVariable> {
  const slots: Record<string, ResourceVariable> = {};
  tf.tidy(() => {
    for (const [name, value] of Object.entries(initialSlots(optimizer, parameter)))
      slots[name] = new ResourceVariable(value);
  });
  return slots;
}
