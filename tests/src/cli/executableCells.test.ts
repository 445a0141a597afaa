import { expect, it } from "vitest";
import { executableCells } from "../../../src/cli/executableCells.js";

it("keeps what runs code under a magic, and what sets the environment", () => {
  const cells = [
    "%time await fit(model, mnist)",
    "// slow\n%%time\nawait fit(model, mnist)",
    "%%capture out\nawait fit(model, mnist)",
    "%env X=1\nconst rate = 0.1;",
    "const rest = a\n  % b;",
  ];
  expect(executableCells(cells)).toEqual(cells);
});

it("leaves out shell lines and magics that train nothing, line by line, and cells of text", () => {
  expect(
    executableCells([
      "!rm -r data \\\n  more\nconst a = 1;\n%board\n%npm install x\nconst b = 2;",
      "%%writefile x.ts\nconst a = 1;",
      "%%sweep s --trials 3\nawait fit(model, mnist)",
      "%doctor",
    ]),
  ).toEqual(["\n\nconst a = 1;\n\n\nconst b = 2;"]);
});
