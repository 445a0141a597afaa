import { describe, expect, it } from "vitest";
import { checkSwept, sweptParameters } from "../../../kernel-ext/session/sweptFunction.js";

const shown = (source: string, text = "") =>
  sweptParameters("train", [source], text)?.map(({ name, optional }) => (optional ? `${name}?` : name));

describe("sweptParameters", () => {
  it.each([
    ["function train({ lr, units = 3 }: { lr: number; units?: number }, trial: Trial) {}", ["lr", "units?"]],
    ["function train({ lr, units }: { lr: number; units?: number }) {}", ["lr", "units?"]],
    ["async function train({ lr: rate, 'batch-size': b }) {}", ["lr", "batch-size"]],
    ["const train = async ({ lr }: { lr: number }) => lr;", ["lr"]],
    ["export const train = (function ({ lr }: any) {}) as Objective;", ["lr"]],
    ["const train = (p: { lr: number; drop?: number }) => p.lr;", ["lr", "drop?"]],
    ["interface P { lr: number }\nfunction train(p: P) {}", ["lr"]],
    ["type P = { lr: number; units?: number };\nfunction train(p: P) {}", ["lr", "units?"]],
    ["function train() {}", []],
    ["%time 1\n!ls\nfunction train({ lr }) {}", ["lr"]],
    ["function train({ old }) {}\nvar train = ({ fresh }) => 1;", ["fresh"]],
  ])("reads %s", (source, names) => {
    expect(shown(source)).toEqual(names);
  });

  it.each([
    "function train({ lr, ...rest }) {}",
    "function train(p) {}",
    "function train(p: Record<string, number>) {}",
    "function train(p: { [name: string]: number }) {}",
    "function train(p: Elsewhere) {}",
    "interface P extends Q { lr: number }\nfunction train(p: P) {}",
  ])("says nothing of %s", (source) => {
    expect(shown(source)).toBeUndefined();
  });

  it("takes the newest cell, and the function's own text where no cell declares it", () => {
    const cells = ["function train({ a }) {}", "function train({ b }) {}", "const other = 1"];
    expect(sweptParameters("train", cells, "")).toEqual([{ name: "b", optional: false }]);
    expect(shown("import { train } from './train.js'", "async ({ c }) => c")).toEqual(["c"]);
    expect(shown("", "train({ method }) { }")).toBeUndefined();
  });
});

describe("checkSwept", () => {
  const parameters = [
    { name: "lr", optional: false },
    { name: "units", optional: true },
  ];
  it("names the nearest right name, and what is missing", () => {
    expect(() => checkSwept("train", parameters, ["l"])).toThrow(
      "%sweep calls train, which takes lr, units, but was given l. Did you mean lr?",
    );
    expect(() => checkSwept("train", parameters, ["units"])).toThrow(
      "%sweep calls train, which requires lr: add lr=SPACE, such as lr=float(0, 1)",
    );
    expect(() => checkSwept("train", [], ["lr"])).toThrow("which takes no parameters, but was given lr");
    expect(() => checkSwept("train", parameters, ["lr"])).not.toThrow();
  });
});
