/** Rates of noise are inputs of a step: trials over them share its captures, wherever in a model the rates lie. */
import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import type { Batch } from "../../../../src/train/batch.js";
import { stepFunctionCount } from "../../../../src/train/step/stepFunctions.js";
import { batchFor, glorot, stepOf, train } from "./exampleSteps.js";

const { alphaDropout, bidirectional, dense, dropout, flatten, gru, gruCell, lstm, lstmCell } = tf.layers;
const { reshape, rnn, simpleRNN, stackedRNNCells, timeDistributed, convLstm2d } = tf.layers;

type Rates = { dropout: number; recurrentDropout: number };
const own = (rates: Rates) => ({
  units: 4,
  kernelInitializer: glorot(3),
  recurrentInitializer: glorot(4),
  ...rates,
});

/** Between two dense layers; what it is given is [n, 3, 2]. */
const noisy: Record<string, (rates: Rates) => tf.layers.Layer> = {
  simpleRNN: (rates) => simpleRNN(own(rates)),
  gru: (rates) => gru(own(rates)),
  lstm: (rates) => lstm(own(rates)),
  bidirectional: (rates) => bidirectional({ layer: lstm(own(rates)) as never, mergeMode: "concat" }),
  "stacked cells": (rates) =>
    rnn({
      cell: stackedRNNCells({ cells: [lstmCell(own(rates)), gruCell(own(rates))] as never }),
    }),
  alphaDropout: (rates) => alphaDropout({ rate: rates.dropout }),
  timeDistributed: (rates) => timeDistributed({ layer: dropout({ rate: rates.dropout }) }),
};

const keepsRows = new Set(["alphaDropout", "timeDistributed"]);

const images = (rates: Rates) =>
  tf.sequential({
    layers: [
      reshape({ targetShape: [2, 3, 1, 1], inputShape: [6] }),
      convLstm2d({ filters: 2, kernelSize: 1, ...own(rates) } as never),
      flatten(),
      dense({ units: 3, kernelInitializer: glorot(2) }),
    ],
  });

function modelOf(name: string, rates: Rates): tf.LayersModel {
  if (name === "convLstm2d") return images(rates);
  const layer = noisy[name]?.(rates) as tf.layers.Layer;
  return tf.sequential({
    layers: [
      dense({ units: 6, inputShape: [6], kernelInitializer: glorot(1) }),
      reshape({ targetShape: [3, 2] }),
      layer,
      ...(keepsRows.has(name) ? [flatten()] : []),
      dense({ units: 3, kernelInitializer: glorot(2) }),
    ],
  });
}

const low = { dropout: 0.2, recurrentDropout: 0.3 };
const batch = (): Batch => batchFor("mlp");
const losses = async (name: string, rates: Rates, options = {}) =>
  (await train(stepOf(modelOf(name, rates), options), batch(), 3)).map(({ loss }) => loss);
const near = (given: readonly number[], wanted: readonly number[]) =>
  given.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i] as number, 5);
  });

describe.each([...Object.keys(noisy), "convLstm2d"])("of %s", (name) => {
  it("two rates share a capture, and give the numbers of each", async () => {
    const first = await losses(name, low);
    const count = stepFunctionCount();
    const high = { dropout: 0.6, recurrentDropout: 0.55 };
    const second = await losses(name, high);
    expect(stepFunctionCount()).toBe(count);
    expect(second).not.toEqual(first);
    near(second, await losses(name, high, { capture: false }));
    near(first, await losses(name, low, { capture: false }));
  });

  it("a rate of 0 is another capture, which drops nothing", async () => {
    await losses(name, low);
    const count = stepFunctionCount();
    const none = { dropout: 0, recurrentDropout: 0 };
    const first = await losses(name, none);
    expect(stepFunctionCount()).toBe(count + 1);
    near(first, await losses(name, none, { capture: false }));
  });
});

it("rates of inputs and of states that change places keep apart which of them is 0", async () => {
  await losses("gru", { dropout: 0.5, recurrentDropout: 0 });
  const count = stepFunctionCount();
  const swapped = { dropout: 0, recurrentDropout: 0.5 };
  const captured = await losses("gru", swapped);
  expect(stepFunctionCount()).toBe(count + 1);
  near(captured, await losses("gru", swapped, { capture: false }));
});

it("a rate changed on a bidirectional layer's own copy holds from the refresh on", async () => {
  const model = modelOf("bidirectional", low);
  const { forwardLayer } = model.layers[2] as unknown as { forwardLayer: { cell: { dropout: number } } };
  const step = stepOf(model);
  const before = (await step.run(batch(), { learningRate: 0, seed: 1 })).loss;
  const count = stepFunctionCount();
  forwardLayer.cell.dropout = 0.7;
  step.refresh();
  expect((await step.run(batch(), { learningRate: 0, seed: 1 })).loss).not.toBe(before);
  expect(stepFunctionCount()).toBe(count);
});

it("shapes of alpha dropout's noise are no input: each has its capture", async () => {
  const of = (noiseShape: number[] | undefined) => {
    const noise = alphaDropout({ rate: 0.5, inputShape: [6], ...(noiseShape && { noiseShape }) } as never);
    return tf.sequential({ layers: [noise, dense({ units: 3, kernelInitializer: glorot(2) })] });
  };
  const results = [];
  const count = stepFunctionCount();
  for (const shape of [undefined, [10, 1]]) results.push(await train(stepOf(of(shape)), batch(), 1));
  expect(stepFunctionCount()).toBe(count + 2);
  expect(results[0]).not.toEqual(results[1]);
  expect(results[1]).toEqual(await train(stepOf(of([10, 1]), { capture: false }), batch(), 1));
});

it("cells with two persons' own masks share nothing", async () => {
  const count = stepFunctionCount();
  const results = [];
  for (const factor of [2, 5]) {
    const dropoutFunc = (ones: tf.Tensor) => tf.mul(ones, factor);
    const layer = simpleRNN({ ...own(low), inputShape: [3, 2], dropoutFunc } as never);
    const model = tf.sequential({ layers: [layer, dense({ units: 3, kernelInitializer: glorot(2) })] });
    const x = tf.reshape(batch().x, [10, 3, 2]);
    results.push((await train(stepOf(model), { ...batch(), x }, 1))[0]?.loss);
  }
  expect(stepFunctionCount()).toBe(count + 2);
  expect(results[0]).not.toBe(results[1]);
});
