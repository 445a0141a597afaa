import { expect, test } from "vitest";
import { findCycles, importsOf } from "../../../scripts/checks/importGraph.mjs";

test("sees static, type-only, dynamic imports and re-exports, with their lines", () => {
  const text = [
    'import { a } from "./a.js";',
    'import type { B } from "../b/b.js";',
    'export * from "./c.js";',
    'export { d } from "./d.js";',
    'import fs from "node:fs";',
    'const later = () => import("./e.js");',
  ].join("\n");
  expect(importsOf("src/x/x.ts", text)).toEqual([
    { from: "src/x/x.ts", to: "src/x/a.ts", typeOnly: false, line: 1 },
    { from: "src/x/x.ts", to: "src/b/b.ts", typeOnly: true, line: 2 },
    { from: "src/x/x.ts", to: "node:fs", typeOnly: false, line: 5 },
    { from: "src/x/x.ts", to: "src/x/c.ts", typeOnly: false, line: 3 },
    { from: "src/x/x.ts", to: "src/x/d.ts", typeOnly: false, line: 4 },
    { from: "src/x/x.ts", to: "src/x/e.ts", typeOnly: false, line: 6 },
  ]);
});

function edge(from: string, to: string) {
  return { from, to, typeOnly: false, line: 1 };
}

test("finds a cycle, and none where there is none", () => {
  expect(findCycles([edge("a", "b"), edge("b", "c"), edge("a", "c")])).toEqual([]);
  expect(findCycles([edge("a", "b"), edge("b", "c"), edge("c", "b")])).toEqual([["b", "c", "b"]]);
  expect(findCycles([edge("a", "a")])).toEqual([["a", "a"]]);
});
