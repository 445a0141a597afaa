import { afterEach, expect, it, vi } from "vitest";
import { personFrames } from "../../../src/base/personFrames.js";

afterEach(() => vi.unstubAllEnvs());

const stack = `Error: mine
    at step (/home/ada/train.ts:3:7)
    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)
    at async ${new URL("../../../dist/src/cli/main.js", import.meta.url).href}:34:17
    at async ${new URL("../../../bin/tunelab.mjs", import.meta.url).pathname}:21:22 {
  code: 5`;

it("keeps the person's frames, and what is no frame", () => {
  expect(personFrames(stack.replace(" {", ""))).toBe(`Error: mine
    at step (/home/ada/train.ts:3:7)
  code: 5`);
});

it("keeps all where TUNELAB_TRACE is set", () => {
  vi.stubEnv("TUNELAB_TRACE", "1");
  expect(personFrames(stack)).toBe(stack);
});
