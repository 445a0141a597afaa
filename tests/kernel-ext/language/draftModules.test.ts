import { expect, it } from "vitest";
import { DraftModules } from "../../../kernel-ext/language/draftModules.js";

/** All that a draft with these modules imports, in order. */
function imported(modules: DraftModules, ...own: string[]): string[] {
  return [...modules.beside(own), ...own];
}

it("keeps the list of a draft's modules the same while nothing new is imported", () => {
  const modules = new DraftModules();
  expect(imported(modules, "a", "b")).toEqual(["a", "b"]);
  expect(imported(modules)).toEqual(["a", "b"]);
  expect(imported(modules, "b")).toEqual(["a", "b"]);
  expect(imported(modules, "c")).toEqual(["a", "b", "c"]);
  expect(imported(modules)).toEqual(["a", "b", "c"]);
});

it("forgets the oldest of many", () => {
  const modules = new DraftModules();
  for (const name of "abcdefgh") imported(modules, name);
  expect(imported(modules)).toEqual([..."cdefgh"]);
});

it("takes what is likely as imported first, and not when something else was", () => {
  const fresh = new DraftModules();
  fresh.expect(["tf", "ours"]);
  expect(imported(fresh, "ours")).toEqual(["tf", "ours"]);
  const used = new DraftModules();
  imported(used, "a");
  used.expect(["tf"]);
  expect(imported(used)).toEqual(["a"]);
});
