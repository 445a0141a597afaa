// What the benchmark means where it says nothing.
import { defined } from "../defined.mjs";

/** So many layers of so many units. */
export const deep = (units, layers) => Array.from({ length: layers }, () => units);

export const adam = (learningRate, batchSize) => ({ optimizer: { adam: { learningRate } }, batchSize });

export const sgd = (learningRate, momentum = 0, batchSize = undefined) => ({
  optimizer: { sgd: { learningRate, momentum } },
  batchSize,
});

/** Data sets by the benchmark's letters. */
export const C = { of: "circle" };
export const Ch = { of: "circle", factor: 0.8 };
export const B = { of: "blob" };
export const M = { of: "mnist" };
export const F = { of: "fashion" };

/** Where no net is given, with its optimiser and epochs. */
const usual = {
  circle: { net: { hidden: [16, 16] }, ...adam(3e-3), epochs: 60 },
  blob: { net: { hidden: [16] }, ...adam(5e-3) },
  mnist: { net: { hidden: [128] } },
  fashion: { net: { hidden: [128] } },
};

const images = ["mnist", "fashion"];
export const conv = { conv: [8, 16], hidden: [64] };

/**
 * A run with all that it leaves out: Adam with 1e-3, batches of 32, 30 epochs (6 on images). A data set's usual rate and epochs
 * go with its usual net: they hold where the run says neither net nor the thing itself.
 */
export function run(id, { data, net, must = [], may = [], ...rest }) {
  const epochs = images.includes(data.of) ? 6 : 30;
  const isUsual = net === undefined;
  const whole = { ...adam(1e-3), epochs, ...(isUsual && usual[data.of]), ...defined(rest) };
  return {
    id,
    family: id.replace(/\d+$/, ""),
    data,
    ...whole,
    net: net ?? usual[data.of].net,
    batchSize: whole.batchSize ?? 32,
    must,
    may,
  };
}
