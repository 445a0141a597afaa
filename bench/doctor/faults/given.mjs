// What is wrong with the data, or with the way in which output and loss look at them: faults by what was done, whatever is learned.
import { classesOf, classifies, isImage } from "./kinds.mjs";

const withData = (base, more) => ({ ...base, data: { ...base.data, ...more } });

export const given = {
  // Inputs, or one column of them, or targets, that are 50 to 1000 times as large, or as far off.
  unnormalised: {
    may: ["saturation", "dying", "oscillation", "overfit"],
    proof: "made",
    fits: ({ net }) => !net.norm,
    inject: (base, draw) => {
      const far = draw.rate(50, 1000);
      const inputs = draw.of([{ scale: far }, { shift: far }, { scale: far, column: 0 }]);
      if (isImage(base)) return withData(base, { scale: draw.rate(100, 1000) });
      // Whole rows are copied as classes: targets of a regression are changed where they are made.
      if (classifies(base)) return withData(base, inputs);
      return withData(base, { targetScale: draw.rate(200, 5000), targetShift: draw.of([0, far]) });
    },
  },
  "output-loss": {
    may: ["dying"],
    proof: "made",
    inject: (base, draw) => {
      const withHead = (head, loss) => ({ ...base, net: { ...base.net, ...head }, ...(loss && { loss }) });
      if (!classifies(base)) return withHead({ head: draw.of(["sigmoid", "relu", "softmax"]) });
      const ways = [
        withHead({ head: "linear" }, "crossEntropyOfOutputs"),
        withHead({ twice: true }),
        withHead({ head: "relu" }, "squaredError"),
        withHead({}, "negatedCrossEntropy"),
      ];
      const oneUnit = withHead({ output: 1 }, "binaryCrossEntropyOfOutput");
      return draw.of(classesOf(base) === 2 ? [...ways, oneUnit] : ways);
    },
  },
  // One class 60 to 150 times as frequent as each of the others, which lie in its midst.
  imbalance: {
    proof: "made",
    fits: classifies,
    inject: (base, draw) => {
      const share = 1 / draw.between(60, 150);
      const shares = Array.from({ length: classesOf(base) }, (_, k) => (k === 0 ? 1 : share));
      const near = {
        circle: { noise: 0.3 },
        moons: { noise: 0.35 },
        spirals: { noise: 0.2 },
        blob: { std: 0.8 },
        gaussians: { apart: 0.6 },
      };
      const rows = isImage(base) ? { rows: 6000, validation: 2000 } : { rows: 4000, validation: 2000 };
      return withData(base, { ...near[base.data.of], ...rows, shares });
    },
  },
  // A quarter and more.
  "label-noise": {
    may: ["overfit"],
    proof: "made",
    fits: classifies,
    inject: (base, draw) => {
      const most = classesOf(base) > 2 ? 0.4 : 0.35;
      const labels = { kind: draw.of(["flipped", "paired"]), share: draw.between(0.25, most) };
      return { ...withData(base, { labels }), epochs: Math.max(20, base.epochs) };
    },
  },
  leak: {
    may: ["overfit"],
    proof: "made",
    fits: classifies,
    inject: (base, draw) =>
      withData(
        base,
        draw.of([{ leak: draw.between(0.3, 1) }, isImage(base) ? { leak: 1 } : { label: true }]),
      ),
  },
};
