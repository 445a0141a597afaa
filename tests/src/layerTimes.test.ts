import { expect, it } from "vitest";
import { layerTimes } from "../../src/index.js";

const profile = {
  layers: [
    {
      layer: "conv",
      className: "Conv2D",
      calls: 3,
      forward: 1.25,
      backward: 2.5,
      flops: 1.234e9,
      bytes: 2.04e6,
      share: 0.375,
    },
    {
      layer: "pool",
      className: "MaxPooling2D",
      calls: 3,
      forward: 1,
      backward: 2.25,
      flops: 0,
      bytes: 51e6,
      share: 0.325,
    },
  ],
  outside: { milliseconds: 3, flops: 0, bytes: 0, share: 0.3 },
};

it("is a table with a line for what no layer ran", () => {
  expect(String(layerTimes(profile)).split("\n")).toEqual([
    "layer                class         calls  forward ms  backward ms   ms   share  GFLOP    MB",
    "───────────────────  ────────────  ─────  ──────────  ───────────  ───  ──────  ─────  ────",
    "conv                 Conv2D            3         1.3          2.5  3.8  37.5 %   1.23   2.0",
    "pool                 MaxPooling2D      3         1.0          2.3  3.3  32.5 %         51.0",
    "optimizer and other                                                3.0  30.0 %          0.0",
  ]);
});

it("shows itself as a chart", async () => {
  const bundle = await layerTimes(profile).toMimeBundle();
  expect(Object.keys(bundle).sort()).toEqual([
    "application/vnd.vegalite.v5+json",
    "image/png",
    "image/svg+xml",
    "text/plain",
  ]);
  expect(String(bundle["image/svg+xml"])).toContain("optimizer and other");
});
