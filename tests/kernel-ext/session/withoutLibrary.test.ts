import { afterAll, beforeAll, expect, it } from "vitest";
import { warning } from "../../../src/native/wasm/warning.js";
import { type BareCheckout, bareCheckout } from "../../bareCheckout.js";
import { type Execution, KernelClient, resultText } from "../kernelClient.js";

let bare: BareCheckout;
let kernel: KernelClient;

beforeAll(async () => {
  bare = bareCheckout();
  kernel = await KernelClient.start({ checkout: bare.root, env: bare.env });
}, 120_000);
afterAll(async () => {
  await kernel.close();
  bare.remove();
});

/** What a cell wrote to the error stream. */
function stderrOf({ messages }: Execution): string {
  return messages
    .filter(({ type, content }) => type === "stream" && content.name === "stderr")
    .map(({ content }) => content.text)
    .join("");
}

it("trains in a cell, and says once that WebAssembly computes", { timeout: 240_000 }, async () => {
  const imported = await kernel.execute(
    'import { data, fit, models, sgd, tf } from "tunelab";\nconst options = { optimizer: sgd({ learningRate: 0.5 }), epochs: 4, batchSize: 4, track: false, progress: false } as const;\ntf.getBackend()',
  );
  expect([stderrOf(imported), resultText(imported)]).toEqual(["", "'wasm'"]);
  const cell = `{
    const set = data.arrays({ x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 0, 0, 1] });
    const { history } = await fit(models.mlp({ inputShape: [2], hidden: [4], classes: 2, seed: 1 }), set, options);
    console.log(history.loss.length, history.loss[3] < history.loss[0]);
  }`;
  const first = await kernel.execute(cell);
  expect(first.reply.status).toBe("ok");
  expect(stderrOf(first)).toBe(`tunelab: ${warning}\n`);
  expect(JSON.stringify(first.messages.map(({ content }) => content.text))).toContain("4 true");
  const second = await kernel.execute(cell);
  expect([second.reply.status, stderrOf(second)]).toEqual(["ok", ""]);
});
