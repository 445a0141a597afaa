import { expect, test } from "vitest";
import { snippetsOf } from "../../../scripts/checks/snippets.mjs";

test("finds the blocks fenced as ts, with their lines, and which are only type-checked", () => {
  const markdown = [
    "# T",
    "```ts",
    "const a = 1;",
    "```",
    "```sh",
    "npm start",
    "```",
    "```ts no-run",
    "b();",
    "```",
  ].join("\n");
  expect(snippetsOf(markdown)).toEqual([
    { code: "const a = 1;\n", line: 2, run: true },
    { code: "b();\n", line: 8, run: false },
  ]);
});
