import { expect, it } from "vitest";
import { givenParameters } from "../../../kernel-ext/magics/spaceTypes.js";

const typesOf = (...positionals: string[]) =>
  Object.fromEntries(givenParameters(positionals).map(({ name, type }) => [name, type]));

it("writes a space as TypeScript's types", () => {
  expect(
    typesOf(
      "train",
      "lr=log(1e-4,1e-1)",
      "units=int(1, 9)",
      "batch=[32, 64]",
      "act=[relu,'a, b',\"c\"]",
      "bias=[true,null]",
      "epochs=5",
      "name=adam",
    ),
  ).toEqual({
    lr: "number",
    units: "number",
    batch: "32 | 64",
    act: '"relu" | "a, b" | "c"',
    bias: "true | null",
    epochs: "5",
    name: '"adam"',
  });
});

it("leaves alone what is no space, and what is no name", () => {
  expect(typesOf("train", "lr", "lr=choice(1)", "batch-size=3", "x=[]")).toEqual({});
  expect(typesOf("a.b", "lr=1")).toEqual({});
});
