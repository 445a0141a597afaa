import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installKernelSpec } from "../../../kernel-ext/kernelspec/installKernelSpec.js";

it("writes a spec that Jupyter can start, with its logos, and overwrites an older one", () => {
  const prefix = mkdtempSync(join(tmpdir(), "tunelab-spec-"));
  installKernelSpec({ prefix, node: "/old/node" });
  const folder = installKernelSpec({ prefix });
  expect(folder).toBe(join(prefix, "share/jupyter/kernels/tunelab"));
  const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  expect(spec).toMatchObject({
    display_name: "TypeScript (tunelab)",
    language: "typescript",
    interrupt_mode: "message",
    argv: [
      process.execPath,
      "--optimize-for-size",
      expect.stringMatching(/dist\/kernel-ext\/front\/main\.js$/),
      "{connection_file}",
    ],
  });
  expect(existsSync(spec.argv[2])).toBe(true);
  expect(readdirSync(folder).sort()).toEqual([
    "kernel.json",
    "logo-32x32.png",
    "logo-64x64.png",
    "logo-svg.svg",
  ]);
  expect(readFileSync(join(folder, "logo-64x64.png")).subarray(1, 4).toString()).toBe("PNG");
  rmSync(prefix, { recursive: true });
});
