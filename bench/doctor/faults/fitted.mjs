// What a model learns of its data: too much, or too little.
import { deep } from "../runs/defaults.mjs";
import { classesOf, classifies, isImage } from "./kinds.mjs";

/** So that classes reach into each other. */
const overlapping = {
  circle: (draw) => ({ noise: draw.between(0.2, 0.3) }),
  moons: (draw) => ({ noise: draw.between(0.3, 0.4) }),
  spirals: (draw) => ({ noise: draw.between(0.12, 0.2) }),
  blob: (draw) => ({ std: draw.between(0.6, 0.8) }),
  gaussians: (draw) => ({ apart: draw.between(0.4, 0.6) }),
};

/** What hides from a line, and what needs more than one direction. */
const curved = ["circle", "spirals"];
const isMany = (base) => classifies(base) && classesOf(base) >= 4;

export const fitted = {
  // A wide net on few rows.
  overfit: {
    proof: "gap",
    fits: classifies,
    inject: ({ schedule, ...base }, draw) => {
      const points = () => ({ rows: draw.whole(50, 100), ...overlapping[base.data.of](draw) });
      const rows = isImage(base) ? { rows: draw.whole(100, 300) } : points();
      return {
        ...base,
        data: { ...base.data, ...rows },
        net: { hidden: deep(draw.of([128, 192, 256]), draw.whole(1, 2)) },
        optimizer: { adam: { learningRate: draw.rate(2e-3, 5e-3) } },
        batchSize: 16,
        epochs: isImage(base) ? 50 : draw.whole(120, 200),
      };
    },
  },
  // No activation, no more than a unit or two, or a penalty that leaves nothing.
  underfit: {
    fits: (base) => curved.includes(base.data.of) || isMany(base),
    inject: (base, draw) => {
      const { dropout, norm, ...net } = base.net;
      const straight = { ...net, activation: "linear" };
      const narrow = { ...net, hidden: [isImage(base) ? 2 : 1] };
      const penalised = { ...net, l2: draw.rate(0.1, 1) };
      return { ...base, net: draw.of([curved.includes(base.data.of) ? straight : narrow, penalised]) };
    },
  },
};
