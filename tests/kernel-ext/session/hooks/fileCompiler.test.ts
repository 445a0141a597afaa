import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { plainSyntax } from "../../../../kernel-ext/language/cellSyntax.js";
import { root } from "../../../../src/cli/checkout.js";

it("waits for files that come slowly, as on a busy machine", async () => {
  const program = join(root, "dist", "kernel-ext", "session", "hooks", "fileCompiler.js");
  const child = spawn(process.execPath, ["--experimental-vm-modules", "--no-warnings", program]);
  // Where it does not wait it breaks the pipe, too.
  child.stdin.on("error", () => undefined);
  let [out, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "close");
  const local = { file: join(root, "slow.ts"), source: "export const a: number = 1;", syntax: plainSyntax };
  const input = JSON.stringify([local]);
  child.stdin.write(input.slice(0, 20));
  await Promise.race([ended, sleep(1000)]);
  child.stdin.end(input.slice(20));
  expect([...(await ended), errors]).toEqual([0, null, ""]);
  expect(JSON.parse(out).code).toContain("export const a = 1;");
});
