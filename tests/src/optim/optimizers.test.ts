import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { ResourceVariable } from "../../../src/native/resourceVariable.js";
import { followUp } from "../../../src/optim/followUp.js";
import {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  ema,
  lamb,
  lars,
  lion,
  lookahead,
  nadam,
  type Optimizer,
  radam,
  rmsprop,
  sam,
  schedules,
  sgd,
} from "../../../src/optim/index.js";
import type { Scalars, Slots } from "../../../src/optim/optimizer.js";
import { initialSlots } from "../../../src/optim/slots.js";
import { applyUpdate, type Trained } from "../../../src/train/step/applyUpdate.js";

type Values = number[] | number[][];
type Trajectory = Record<string, Record<string, Values>>;

function readOracle<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../oracles/optim/${name}`, import.meta.url), "utf8")) as T;
}

/** tests/oracles/optim/optimizers.py and optaxOptimizers.py. */
const torch = readOracle<{
  weights: Record<string, { start: Values; scale: Values }>;
  cases: Record<string, Trajectory>;
}>("optimizers.json");
const optax = readOracle<{ cases: Record<string, Trajectory> }>("optaxOptimizers.json");
const trajectories: Record<string, Trajectory> = { ...torch.cases, ...optax.cases };

const decay = { weightDecay: 0.1 };
const onKernels = { ...decay, decayOn: "kernels" } as const;
const momentum = { learningRate: 0.01, momentum: 0.9 };
const fast = { beta1: 0.8, beta2: 0.95 };

const cases: Record<string, Optimizer> = {
  sgd: sgd({ learningRate: 0.01 }),
  "sgd momentum": sgd(momentum),
  "sgd nesterov": sgd({ ...momentum, nesterov: true }),
  "sgd decay": sgd({ ...momentum, ...decay }),
  "sgd decay of kernels": sgd({ ...momentum, ...onKernels }),
  adam: adam({ learningRate: 0.05 }),
  "adam epsilon": adam({ learningRate: 0.05, ...fast, epsilon: 1e-2 }),
  adamw: adamw({ learningRate: 0.05, ...decay }),
  "adamw decay of kernels": adamw({ learningRate: 0.05, weightDecay: 0.1, decayOn: { except: ["bias"] } }),
  nadam: nadam({ learningRate: 0.02 }),
  "nadam decay": nadam({ learningRate: 0.02, ...decay, ...fast, momentumDecay: 0.01 }),
  "nadam decay of kernels": nadam({
    learningRate: 0.02,
    weightDecay: 0.1,
    decayOn: ({ name }) => name === "dense/kernel",
  }),
  "nadam decoupled": nadam({ learningRate: 0.02, ...decay, decoupled: true }),
  radam: radam({ learningRate: 0.02 }),
  "radam decay": radam({ learningRate: 0.02, ...decay, ...fast, epsilon: 1e-4 }),
  "radam decoupled": radam({ learningRate: 0.02, ...decay, decoupled: true }),
  adamax: adamax({ learningRate: 0.02 }),
  "adamax decay": adamax({ learningRate: 0.02, ...decay, ...fast, epsilon: 1e-3 }),
  rmsprop: rmsprop({ learningRate: 0.01 }),
  "rmsprop momentum": rmsprop({ ...momentum, alpha: 0.9, ...decay }),
  "rmsprop centered": rmsprop({ learningRate: 0.01, momentum: 0.5, centered: true, epsilon: 1e-3 }),
  adagrad: adagrad({ learningRate: 0.1 }),
  "adagrad decay": adagrad({ learningRate: 0.1, rateDecay: 0.05, ...decay, initialAccumulator: 0.2 }),
  adadelta: adadelta(),
  "adadelta decay": adadelta({ learningRate: 0.5, rho: 0.95, epsilon: 1e-4, ...decay }),
  adafactor: adafactor({ learningRate: 0.05 }),
  "adafactor decay": adafactor({
    learningRate: 0.05,
    beta2Decay: -0.6,
    epsilon: 1e-4,
    leastScale: 0.01,
    clipThreshold: 1.5,
    ...decay,
  }),
  lamb: lamb({ learningRate: 0.02 }),
  "lamb decay": lamb({ learningRate: 0.02, ...onKernels, ...fast, epsilon: 1e-4 }),
  lars: lars({ learningRate: 0.5, trustCoefficient: 0.02 }),
  "lars decay": lars({
    learningRate: 0.01,
    ...onKernels,
    adaptOn: { only: ["kernel"] },
    trustCoefficient: 0.5,
    momentum: 0.8,
    nesterov: true,
  }),
  lion: lion({ learningRate: 0.003, weightDecay: 0 }),
  "lion decay": lion({ learningRate: 0.003, ...decay, ...fast }),
  lookahead: lookahead(adam({ learningRate: 0.05 })),
  "lookahead slow": lookahead(sgd(momentum), { steps: 7, alpha: 0.3 }),
  sam: sam(sgd({ learningRate: 0.002, momentum: 0.9 }), { rho: 0.01 }),
  "sam adaptive": sam(adam({ learningRate: 0.05 }), { rho: 0.5, adaptive: true }),
  "sgd one cycle": sgd(momentum),
  "adamw one cycle": adamw({ learningRate: 0.05, ...decay }),
  "radam one cycle": radam({ learningRate: 0.05 }),
  ema: ema(adam({ learningRate: 0.05 }), { decay: 0.9, rampUp: false }),
};

const names = Object.keys(torch.weights);
const starts = () => names.map((name) => tf.tensor(torch.weights[name]?.start as Values));
const gradientsAt = (parameters: readonly tf.Tensor[], step: number) =>
  parameters.map((parameter, i) => {
    const scale = tf.tensor(torch.weights[names[i] as string]?.scale as Values);
    return tf.add(tf.mul(scale, parameter), 0.1 * (-1) ** step);
  });
const infoOf = (parameter: tf.Tensor, i: number) => ({ name: names[i] as string, shape: parameter.shape });

/** Of those that cycle rate and momentum; the others' rates halve after 50 steps. */
const cycle = schedules.oneCycle({ steps: 100, momentum: { least: 0.85, most: 0.95 } });

function scalarsAt(name: string, step: number): Scalars {
  const optimizer = cases[name] as Optimizer;
  const at = { step: step - 1, epoch: 0, stepsPerEpoch: 100 };
  const cycles = name.endsWith("one cycle");
  const factor = cycles ? cycle.factor(at) : step <= 50 ? 1 : 0.5;
  const momentum = cycles ? cycle.momentum?.(at) : undefined;
  const values = Object.entries(optimizer.scalars(step - 1, optimizer.learningRate * factor, momentum));
  return Object.fromEntries(values.map(([name, value]) => [name, tf.scalar(value)]));
}

/** With the second pass of those that climb. */
function gradientsFor(optimizer: Optimizer, parameters: tf.Tensor[], at: { step: number; scalars: Scalars }) {
  const gradients = gradientsAt(parameters, at.step);
  if (!optimizer.ascend) return gradients;
  return gradientsAt(optimizer.ascend({ gradients, parameters, scalars: at.scalars }), at.step);
}

interface State {
  readonly parameters: tf.Tensor[];
  readonly slots: Slots[];
}

/** The pure pairs, as they are written. */
function pure(name: string, { parameters, slots }: State, step: number): State {
  const optimizer = cases[name] as Optimizer;
  const scalars = scalarsAt(name, step);
  const gradients = gradientsFor(optimizer, parameters, { step, scalars });
  const after = parameters.map((parameter, i) => {
    const own = slots[i] as Slots;
    const gradient = gradients[i] as tf.Tensor;
    const input = { gradient, parameter, slots: own, scalars, weight: infoOf(parameter, i) };
    const update = optimizer.transform.update(input);
    const updated = { parameter: tf.add(parameter, update.gradient), slots: { ...own, ...update.slots } };
    return followUp(optimizer, { ...updated, scalars });
  });
  return { parameters: after.map(({ parameter }) => parameter), slots: after.map(({ slots: all }) => all) };
}

function expectNear(name: string, step: number, actual: readonly tf.Tensor[]) {
  const expected = trajectories[name]?.[step];
  if (!expected) return;
  names.forEach((weight, i) => {
    const wanted = (expected[weight] as Values).flat();
    const given = actual[i]?.dataSync() as Float32Array;
    expect(given.length).toBe(wanted.length);
    wanted.forEach((value, k) => {
      const error = Math.abs((given[k] as number) - value) / Math.max(1, Math.abs(value));
      if (!(error < 1e-5))
        expect.soft({ weight, step, k, given: given[k], error }).toEqual({ wanted: value });
    });
  });
}

const shown = (optimizer: Optimizer, parameters: readonly tf.Tensor[], slots: readonly Slots[]) => {
  const { evaluates } = optimizer;
  return evaluates === undefined ? parameters : slots.map((of) => of[evaluates] as tf.Tensor);
};

it("every trajectory has its optimiser", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(trajectories).sort());
});

describe.each(Object.keys(cases))("%s follows its oracle over 100 steps", (name) => {
  const optimizer = cases[name] as Optimizer;

  it("as pure pairs", () => {
    const parameters = starts();
    let state: State = { parameters, slots: parameters.map((start) => initialSlots(optimizer, start)) };
    for (let step = 1; step <= 100; step++) {
      state = pure(name, state, step);
      expectNear(name, step, shown(optimizer, state.parameters, state.slots));
    }
  });

  it("as a step applies it, by TensorFlow's kernel where there is one", () => {
    const variables = starts().map((start) => new ResourceVariable(start));
    const slots = starts().map((start) =>
      Object.entries(initialSlots(optimizer, start)).map(
        ([slot, value]) => [slot, new ResourceVariable(value)] as const,
      ),
    );
    const trained = variables.map(
      ({ resource, shape }, i): Trained => ({
        weight: { name: names[i] as string, shape },
        parameter: resource,
        slots: Object.fromEntries((slots[i] ?? []).map(([slot, variable]) => [slot, variable.resource])),
        constraint: undefined,
      }),
    );
    for (let step = 1; step <= 100; step++) {
      const scalars = scalarsAt(name, step);
      const parameters = variables.map((variable) => variable.read());
      const gradients = gradientsFor(optimizer, parameters, { step, scalars });
      for (const [i, one] of trained.entries())
        applyUpdate(optimizer, one, { gradient: gradients[i] as tf.Tensor, scalars });
      const now = slots.map((of) =>
        Object.fromEntries(of.map(([slot, variable]) => [slot, variable.read()])),
      );
      expectNear(
        name,
        step,
        shown(
          optimizer,
          variables.map((variable) => variable.read()),
          now,
        ),
      );
    }
    for (const variable of [...variables, ...slots.flat().map(([, slot]) => slot)]) variable.dispose();
  });
});

it("a constraint holds after every update, and averages are of what it left", () => {
  const optimizer = ema(sgd({ learningRate: 1 }), { decay: 0.5, rampUp: false });
  const parameter = new ResourceVariable(tf.tensor1d([1, -2]));
  const average = new ResourceVariable(tf.tensor1d([0, 0]));
  const trained: Trained = {
    weight: { name: "dense/bias", shape: [2] },
    parameter: parameter.resource,
    slots: { average: average.resource },
    constraint: { apply: (w: tf.Tensor) => tf.relu(w) },
  };
  const scalars = { learningRate: tf.scalar(1), averageDecay: tf.scalar(0.5), averageRest: tf.scalar(0.5) };
  applyUpdate(optimizer, trained, { gradient: tf.tensor1d([0.25, 0]), scalars });
  expect(Array.from(parameter.read().dataSync())).toEqual([0.75, 0]);
  expect(Array.from(average.read().dataSync())).toEqual([0.375, 0]);
});
