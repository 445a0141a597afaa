import { expect, test } from "vitest";
import { findTrespasses } from "../../../scripts/checks/layers.mjs";

const one = (from: string, to: string) => findTrespasses([{ from, to, typeOnly: false, line: 3 }]);

test("arrows go one way", () => {
  expect(one("src/train/fit.ts", "src/native/tensors.ts")).toEqual([]);
  expect(one("src/native/tensors.ts", "src/train/fit.ts")).toEqual([
    "src/native/tensors.ts:3 imports src/train/fit.ts; native may import base",
  ]);
  expect(one("src/base/clock.ts", "src/track/run.ts")).toHaveLength(1);
  expect(one("src/train/train.ts", "src/track/run.ts")).toHaveLength(1);
});

test("the kernel enters the library by its index alone, and the library knows no kernel", () => {
  expect(one("kernel-ext/session/main.ts", "src/index.ts")).toEqual([]);
  expect(one("kernel-ext/session/main.ts", "src/base/host.ts")).toHaveLength(1);
  expect(one("kernel-ext/session/main.ts", "src/base/processStat.ts")).toEqual([]);
  expect(one("src/cli/main.ts", "kernel-ext/front/main.ts")).toHaveLength(1);
});

test("the board sees of a sweep only its records", () => {
  expect(one("src/board/hparams.ts", "src/sweep/readSweep.ts")).toEqual([]);
  expect(one("src/board/hparams.ts", "src/sweep/coordinator.ts")).toHaveLength(1);
});

test("a new folder must be given its layer", () => {
  expect(one("src/novel/x.ts", "src/base/clock.ts")[0]).toContain("no known layer");
});
