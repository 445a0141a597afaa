import { beforeEach, expect, it } from "vitest";
import { type Host, installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { clock, progressLine } from "../../../src/train/progress.js";

let shown: string[] = [];
beforeEach(() => {
  shown = [];
  const host: Host = {
    ...terminalHost({ write: () => true }),
    display(bundle) {
      shown.push(String(bundle["text/plain"]));
      return { update: (next) => void shown.push(String(next["text/plain"])) };
    },
  };
  installHost(host);
});

it("shows epoch, step, means, rate and remaining time, at most four times a second", () => {
  let time = 0;
  const line = progressLine({ epochs: 2, stepsPerEpoch: 100, verbose: false, now: () => time });
  const means = () => ({ loss: 0.123456, accuracy: 0.9 });
  for (let step = 1; step <= 150; step++) {
    time += 10;
    line.step(step, means);
  }
  expect(shown.length).toBe(6); // 1.5 s in quarters
  expect(shown[0]).toBe("epoch 1/2 ░░░░░░░░░░░░░░░░░░░░ 1/100 · loss 0.1235 · accuracy 0.9000");
  expect(shown[5]).toMatch(/^epoch 2\/2 █{13}░{7} 26\/100 · .* · 100 steps\/s · 1 s left$/);
});

it("keeps a line for each epoch when verbose, and shows the end", () => {
  let time = 0;
  const line = progressLine({ epochs: 1, stepsPerEpoch: 1, verbose: true, now: () => time });
  line.step(1, () => ({ loss: 1 }));
  line.epoch(1, { loss: 1, valLoss: 2, learningRate: 0.1 });
  time = 1;
  line.end("done");
  expect(shown.at(-1)).toBe("epoch 1/1 · loss 1.000 · valLoss 2.000\ndone");
});

it.each([
  [4.2, "4 s"],
  [65, "1:05 min"],
  [7380, "2:03 h"],
])("writes %s seconds as %s", (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});
