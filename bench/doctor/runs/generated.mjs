// Healthy runs that are made up: other data, sizes, nets and optimisers than the benchmark's, all by a seed.
import { drawsOf } from "./draw.mjs";

const kinds = ["circle", "blob", "moons", "spirals", "gaussians", "waves"];

/** The i-th of them: the same one whatever others are made. */
export function generated(i) {
  const draw = drawsOf(i, "healthy");
  const of = kinds[i % kinds.length];
  const rows = draw.of([700, 1000, 1500, 2000]);
  const data = { of, rows, validation: draw.of([200, 300, 500]), ...shapes[of](draw) };
  return {
    id: `G${i}`,
    family: "G",
    data,
    net: netOf(draw, of),
    ...trainingOf(draw),
    must: [],
    may: [],
  };
}

const shapes = {
  circle: (draw) => ({ factor: draw.between(0.3, 0.6), noise: draw.between(0.05, 0.12) }),
  blob: (draw) => {
    const coordinates = draw.whole(2, 6);
    const classes = draw.whole(2, 6);
    return {
      centers: Array.from({ length: classes }, (_, k) =>
        Array.from(
          { length: coordinates },
          (_, at) => (at === k % coordinates ? 1 : 0) * (k < coordinates ? 1 : -1),
        ),
      ),
      std: draw.between(0.2, 0.4),
    };
  },
  moons: (draw) => ({ noise: draw.between(0.12, 0.22) }),
  spirals: (draw) => ({
    classes: draw.whole(2, 3),
    turns: draw.between(0.3, 0.7),
    noise: draw.between(0.02, 0.05),
  }),
  gaussians: (draw) => {
    const columns = draw.whole(4, 20);
    return {
      columns,
      informative: Math.max(3, columns - draw.whole(0, 6)),
      classes: draw.whole(2, 6),
      apart: draw.between(1.2, 2),
    };
  },
  waves: (draw) => ({ columns: draw.whole(1, 3), noise: draw.between(0.05, 0.15) }),
};

function netOf(draw, of) {
  const activation = draw.of(["relu", "relu", "tanh", "elu", "swish", "selu", "sigmoid"]);
  const depth = activation === "sigmoid" ? 1 : draw.whole(1, 3);
  const units = draw.of([16, 24, 32, 48]);
  const wide = depth > 1 && ["gaussians", "blob"].includes(of);
  return {
    hidden: Array.from({ length: depth }, () => units),
    activation,
    ...(wide && units >= 32 && draw.of([false, false, true]) && { dropout: draw.between(0.05, 0.3) }),
    ...(depth > 1 && draw.of([false, false, false, true]) && { norm: true }),
  };
}

function trainingOf(draw) {
  const batchSize = draw.of([16, 32, 64]);
  const optimizer = draw.of([
    { adam: { learningRate: draw.rate(2e-3, 8e-3) } },
    { adamw: { learningRate: draw.rate(2e-3, 8e-3), weightDecay: 1e-3 } },
    { rmsprop: { learningRate: draw.rate(1e-3, 3e-3) } },
    { sgd: { learningRate: draw.rate(0.02, 0.1), momentum: 0.9 } },
  ]);
  const epochs = draw.whole(15, 45);
  const schedule = draw.of([undefined, undefined, { cosine: { epochs } }]);
  return { optimizer, batchSize, epochs, ...(schedule && { schedule }) };
}
