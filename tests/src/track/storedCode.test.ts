import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { storedCode, storedText } from "../../../src/track/storedCode.js";
import { temporaryFolder } from "./temporaryFolder.js";

function runFolder(): string {
  const dir = join(temporaryFolder(), "run");
  mkdirSync(join(dir, "code", "lib"), { recursive: true });
  writeFileSync(join(dir, "code", "lib", "net.ts"), "net");
  writeFileSync(join(dir, "..", "evil.ts"), "evil");
  symlinkSync(join(dir, ".."), join(dir, "code", "out"));
  symlinkSync(join(dir, "..", "evil.ts"), join(dir, "code", "link.ts"));
  return dir;
}

it("finds files below code, and nothing where none is", () => {
  const dir = runFolder();
  expect(storedText(dir, "lib/net.ts")).toBe("net");
  expect(storedCode(dir, "main.ts")).toBeUndefined();
});

it.each([
  "../../evil.ts",
  "lib/../../../evil.ts",
  "/etc/hostname",
  "link.ts",
  "out/evil.ts",
  "lib",
  "",
  "a\0b",
])("refuses %j", (name) => {
  expect(() => storedCode(runFolder(), name)).toThrow(/must be a regular file inside its folder code; got/);
});
