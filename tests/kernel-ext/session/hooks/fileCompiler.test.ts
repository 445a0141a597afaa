import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { plainSyntax } from "../../../../kernel-ext/language/cellSyntax.js";
import { root } from "../../../../src/cli/checkout.js";
import { speakTo } from "../spokenTo.js";

it("waits for files that come slowly, as on a busy machine", async () => {
  const program = join(root, "dist", "kernel-ext", "session", "hooks", "fileCompiler.js");
  const { child, said, ended } = speakTo(["--experimental-vm-modules", "--no-warnings", program]);
  // Where it does not wait it breaks the pipe, too.
  child.stdin.on("error", () => undefined);
  const local = { file: join(root, "slow.ts"), source: "export const a: number = 1;", syntax: plainSyntax };
  const input = JSON.stringify([local]);
  child.stdin.write(input.slice(0, 20));
  await Promise.race([ended, sleep(1000)]);
  child.stdin.end(input.slice(20));
  expect([...(await ended), said.errors]).toEqual([0, null, ""]);
  expect(JSON.parse(said.out).code).toContain("export const a = 1;");
});
