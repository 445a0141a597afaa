import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { LossScale } from "../../../src/train/lossScale.js";
import { type DynamicLossScale, lossScaleOf } from "../../../src/train/lossScaleOption.js";

interface Case {
  /** An x where gradients overflow. */
  readonly pattern: string;
  /** After each step: the scale, and how many steps had it. */
  readonly scales: readonly (readonly [number, number])[];
  readonly options: Readonly<Record<string, number>>;
}

/** Made by tests/oracles/train/torch_loss_scale.py: the scales of torch.amp.GradScaler. */
const { scales: cases } = JSON.parse(
  readFileSync(new URL("../../oracles/train/torch_loss_scale.json", import.meta.url), "utf8"),
) as { scales: Record<string, Case> };

const ours: Readonly<Record<string, keyof DynamicLossScale>> = {
  init_scale: "initial",
  growth_factor: "growthFactor",
  backoff_factor: "backoffFactor",
  growth_interval: "growthInterval",
};

function scaleOf(options: Case["options"]): LossScale {
  const given = Object.entries(options).map(([name, value]) => [ours[name], value]);
  return new LossScale(lossScaleOf(Object.fromEntries(given), "float16") as never);
}

it.each(Object.keys(cases))("moves as PyTorch's: %s", (name) => {
  const { pattern, scales, options } = cases[name] as Case;
  const expected = scales.flatMap(([scale, steps]) => Array<number>(steps).fill(Math.fround(scale)));
  expect(expected).toHaveLength(pattern.length);
  const scale = scaleOf(options);
  const moved = [...pattern].map((sign) => {
    scale.observe(sign !== "x");
    return scale.value;
  });
  expect(moved).toEqual(expected);
});

it("goes on from its state as if it had never been cut short", () => {
  const { pattern, options } = cases.given as Case;
  const signs = [...pattern];
  const whole = scaleOf(options);
  let cut = scaleOf(options);
  for (const sign of signs) {
    const next = scaleOf(options);
    next.state = JSON.parse(JSON.stringify(cut.state));
    cut = next;
    for (const scale of [whole, cut]) scale.observe(sign !== "x");
    expect(cut.value).toBe(whole.value);
  }
});

it("stays where a number was given", () => {
  const scale = new LossScale({ initial: 1000 });
  for (const finite of [true, false, false]) scale.observe(finite);
  expect(scale.value).toBe(1000);
});
