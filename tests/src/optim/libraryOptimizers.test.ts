import { expect, it } from "vitest";
import { optimizerNames, wrapperNames } from "../../../src/optim/givenOptimizer.js";
import * as optim from "../../../src/optim/index.js";
import { isByLibrary } from "../../../src/optim/libraryOptimizers.js";

const library = { ...optim };
const { adam, sgd } = library;
const own = (): optim.Optimizer => ({ ...sgd() });

it.each(optimizerNames)("%s is known to be the library's", (name) => {
  expect(isByLibrary(library[name]())).toBe(true);
});

it.each(wrapperNames)("%s is around one of the library's, and not around a person's", (name) => {
  expect(isByLibrary(library[name](adam()))).toBe(true);
  expect(isByLibrary(library[name](own()))).toBe(false);
});

it("a copy is a person's, and so is one that was changed", () => {
  expect(isByLibrary({ ...adam(), transform: sgd().transform })).toBe(false);
  expect(isByLibrary(Object.assign(adam(), { learningRate: 1 }))).toBe(true);
  expect(isByLibrary(Object.assign(adam(), { ascend: () => [] }))).toBe(false);
  const edited = adam();
  Object.assign(edited.transform, { update: sgd().transform.update });
  expect(isByLibrary(edited)).toBe(false);
});
