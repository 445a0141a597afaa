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

it("drops TensorFlow.js wherever it was put, and by its sources; of other packages it drops none", () => {
  const frames = `Error: mine
    at matMul (file:///proj/node_modules/@tensorflow/tfjs-core/dist/ops/mat_mul.js:3:7)
    at apply (/proj/tfjs-layers/src/engine/topology.ts:9:1)
    at each (/proj/node_modules/lists/each.js:1:1)
    at step (/proj/tfjs-demo/src/train.ts:3:7)`;
  expect(personFrames(frames)).toBe(`Error: mine
    at each (/proj/node_modules/lists/each.js:1:1)
    at step (/proj/tfjs-demo/src/train.ts:3:7)`);
});

it.each(["TUNELAB_TRACE", "TUNELAB_DEBUG"])("keeps all where %s is set", (name) => {
  vi.stubEnv(name, "1");
  expect(personFrames(stack)).toBe(stack);
});
