import { describe, expect, it } from "vitest";
import { taughtLoss } from "../../../src/fix/taughtLoss.js";
import type { RunData } from "../../../src/track/index.js";

const run = (record: object) => ({ record }) as unknown as RunData;
const output = (name: string, loss: string, more = {}) => ({ name, loss, ...more });

describe("taughtLoss", () => {
  it("is what the outputs are taught, before what a configuration calls it", () => {
    const outputs = [output("out", "crossEntropy")];
    expect(taughtLoss(run({ model: { outputs }, config: { loss: "mine" } }))).toBe("crossEntropy");
    expect(taughtLoss(run({ config: { loss: "meanSquaredError" } }))).toBe("meanSquaredError");
    expect(taughtLoss(run({ config: {} }))).toBeUndefined();
  });

  it("tells a person's own from the library's of that name, and several outputs by theirs", () => {
    const own = output("out", "crossEntropy", { ownLoss: { flipped: true } });
    expect(taughtLoss(run({ model: { outputs: [own] }, config: {} }))).toBe("crossEntropy of your own");
    const two = [output("kind", "crossEntropy"), output("size", "meanSquaredError")];
    expect(taughtLoss(run({ model: { outputs: two }, config: {} }))).toBe(
      "kind: crossEntropy, size: meanSquaredError",
    );
  });
});
