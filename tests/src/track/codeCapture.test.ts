import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { captureCode } from "../../../src/track/codeCapture.js";
import { temporaryFolder } from "./temporaryFolder.js";

it("keeps files as they lie to each other, so that they import each other there", () => {
  const folder = join(temporaryFolder(), "code");
  const names = captureCode(folder, [
    { name: "/p/shared/net.ts", text: "net" },
    { name: "/p/app/lib/[id] one.ts", text: "one" },
    { name: "/p/app/net.ts", text: "other" },
    { name: "/p/app/main.ts", text: "main" },
  ]);
  expect(names).toEqual(["shared/net.ts", "app/lib/[id] one.ts", "app/net.ts", "app/main.ts"]);
  expect(names.map((name) => readFileSync(join(folder, name), "utf8"))).toEqual([
    "net",
    "one",
    "other",
    "main",
  ]);
});

it("keeps a file alone, and cells, by their names, each once", () => {
  expect(captureCode(temporaryFolder(), [{ name: "/a/main.ts", text: "" }])).toEqual(["main.ts"]);
  expect(
    captureCode(temporaryFolder(), [
      { name: "/a/lib/cell-1.ts", text: "" },
      { name: "cell-1.ts", text: "" },
      { name: "../up.ts", text: "" },
    ]),
  ).toEqual(["cell-1.ts", "2-cell-1.ts", "up.ts"]);
});
