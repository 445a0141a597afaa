/** `%typecheck warn`: cells run while their types are still checked. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck warn");
});
afterAll(() => kernel.close());

it("answers about names of cells that ran a moment ago", async () => {
  await kernel.execute('import * as tf from "@tensorflow/tfjs";');
  for (let cell = 0; cell < 15; cell++)
    await kernel.execute(`const tensor${cell} = tf.tensor1d([1, 2, 3]).add(${cell});`);
  const ask = async (type: string, code: string) =>
    (await kernel.request(type, { code, cursor_pos: code.length, detail_level: 0 })).content;
  expect((await ask("complete_request", "tensor14.argMa")).matches).toContain("argMax");
  await kernel.execute("const newest = 7");
  expect((await ask("inspect_request", "newest")).found).toBe(true);
});
