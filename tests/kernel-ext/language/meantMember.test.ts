import { expect, it } from "vitest";
import { checkedCells } from "./checkedCells.js";

const { told } = checkedCells();

it.each([
  [
    "of tunelab's",
    "models.mpl({})",
    "TS2551: Property 'mpl' does not exist on type 'typeof import(\"tunelab\")'. Did you mean 'mlp'?",
  ],
  [
    "of a value's",
    "({ unit: 1, abc: 2 }).acb",
    "TS2551: Property 'acb' does not exist on type '{ unit: number; abc: number; }'. Did you mean 'abc'?",
  ],
  ["in a pattern", "const { mpl } = models", "Did you mean 'mlp'?"],
  ["by a quoted name", "const { 'mpl': quoted } = models", "Did you mean 'mlp'?"],
  [
    "in an import",
    "import { fti } from 'tunelab'",
    "TS2724: Module '\"tunelab\"' has no exported member 'fti'. Did you mean 'fit'?",
  ],
  ["behind wide letters", "const text = '🎉'; /* é */ models.mpl", "Did you mean 'mlp'?"],
])("proposes the nearest member %s", async (_what, source, expected) => {
  expect(await told("import { models } from 'tunelab'")).toBe("");
  expect(await told(source)).toContain(expected);
});

it.each([
  ["too short", "({ ab: 1 }).ba", "2339"],
  ["near nothing", "({ unit: 1 }).zebra", "2339"],
  [
    "in brackets, where other names may stand",
    "interface Zebra { a: 1 } type Other = { unit: 1 }['zebra']",
    "2339",
  ],
])("proposes none for one %s", async (_what, source, expected) => {
  const text = await told(source);
  expect(text).toContain(expected);
  expect(text).not.toContain("Did you mean");
});

it("leaves a value that was not awaited its hint", async () => {
  expect(await told("const later = Promise.resolve({ thne: 1 }); later.thne")).toMatch(
    /TS2339[\s\S]*forget `await`/,
  );
});

it("asks about the first faults of a cell only", async () => {
  const text = await told(`const o = { abc: 1 };\n${"o.acb;\n".repeat(8)}`);
  expect(text.match(/does not exist/g)).toHaveLength(8);
  expect(text.match(/Did you mean 'abc'/g)).toHaveLength(5);
});

it("names packages, not their files, in a type that does not fit", async () => {
  expect(await told("import { models } from 'tunelab'; const text: string = models")).toContain(
    "Type 'typeof import(\"tunelab\")' is not assignable to type 'string'.",
  );
});
