// What flows through the layers. Each family: `must`, beside the problem itself, and `may` as in the benchmark, `inject` as in faulty.mjs.
import { deep } from "../runs/defaults.mjs";
import { isImage } from "./kinds.mjs";

const plainSgd = (draw) => ({ optimizer: { sgd: { learningRate: draw.rate(0.01, 0.03) } } });

export const flow = {
  vanishing: {
    may: ["underfit", "bad-init"],
    layers: () => ["hidden_1"],
    inject: (base, draw) => {
      const hidden = deep(draw.whole(6, 32), draw.whole(9, 14));
      const net = draw.of([
        { hidden, activation: "sigmoid" },
        { hidden, activation: "tanh", start: { normal: draw.between(0.2, 0.4) / Math.sqrt(hidden[0]) } },
      ]);
      return { ...base, net, ...draw.of([plainSgd(draw), { optimizer: { adam: { learningRate: 1e-3 } } }]) };
    },
  },
  // Each layer makes its input 3 to 6 times as large, or e to the power of it.
  exploding: {
    may: ["bad-init", "lr-high"],
    inject: (base, draw) => {
      const units = draw.of([16, 24, 32, 64]);
      const start = { normal: draw.between(3, 6) * Math.sqrt(2 / units) };
      const hidden = deep(units, draw.whole(8, 12));
      const net = draw.of([
        { hidden, start },
        { hidden, start },
        { hidden, activation: "exponential" },
      ]);
      return { ...base, net, ...plainSgd(draw) };
    },
  },
  // Below what any sum of inputs reaches.
  dying: {
    layers: () => ["hidden_1"],
    inject: (base, draw) => {
      const hidden = deep(draw.of([16, 24, 32]), draw.whole(1, 2));
      return { ...base, net: { hidden, bias: -draw.between(...(isImage(base) ? [8, 20] : [20, 50])) } };
    },
  },
  saturation: {
    must: ["bad-init"],
    layers: () => ["hidden_1"],
    inject: (base, draw) => {
      const activation = draw.of(["tanh", "sigmoid"]);
      const hidden = deep(draw.of([16, 24, 32]), draw.whole(2, 3));
      const normal =
        (isImage(base) ? 0.2 : 1) * draw.between(...(activation === "tanh" ? [8, 20] : [20, 40]));
      return { ...base, net: { hidden, activation, start: { normal } } };
    },
  },
  // All units alike, or weights of next to nothing.
  "bad-init": {
    may: ["vanishing", "dying", "underfit"],
    inject: (base, draw) => {
      const alike = {
        hidden: deep(draw.of([16, 24, 32]), draw.whole(1, 3)),
        start: { all: draw.of([0, draw.between(0.02, 0.4)]) },
      };
      const tiny = {
        hidden: deep(draw.of([16, 24, 32]), draw.whole(4, 6)),
        start: { normal: draw.rate(5e-4, 5e-3) },
      };
      return draw.of([
        { ...base, net: { ...alike, activation: draw.of(["relu", "tanh"]) } },
        { ...base, net: tiny, ...plainSgd(draw) },
      ]);
    },
  },
  // One that is forgotten behind a trained one, or that a lost gradient cuts off. To freeze the first layers may be meant.
  "dead-layer": {
    layers: ({ net: { frozen, detached } }) => frozen ?? [detached],
    proof: "made",
    fits: ({ net }) => net.hidden.length >= 2 && !net.norm,
    inject: (base, draw) => {
      const depth = base.net.hidden.length;
      const fault = draw.of([
        { frozen: [`hidden_${draw.whole(2, depth)}`] },
        { detached: `hidden_${draw.whole(1, depth)}` },
      ]);
      return { ...base, net: { ...base.net, ...fault } };
    },
  },
};
