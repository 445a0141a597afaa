/** The cells of docs/notebooks.md, run one after another, and what it says of types and commands. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Execution, KernelClient, streamText } from "./kernelClient.js";

const document = readFileSync(join(import.meta.dirname, "../../docs/notebooks.md"), "utf8");
const cells = [...document.matchAll(/^```typescript\n(.*?)^```$/gms)].map(([, code = ""]) => code);

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

async function run(code: string): Promise<Execution> {
  const execution = await kernel.execute(code);
  expect(execution.reply, `${code}\n${String(execution.reply.evalue)}`).toMatchObject({ status: "ok" });
  return execution;
}

/** The richest type of each display and result. */
const shown = ({ messages }: Execution) =>
  messages
    .filter(({ type }) => type === "display_data" || type === "execute_result")
    .map(({ content }) => Object.keys(content.data as object).find((type) => type !== "text/plain"));

it("runs its cells, which show what it says", async () => {
  const types = [];
  for (const cell of cells) types.push(shown(await run(cell)));
  expect(types).toEqual([
    ["text/html", "text/html"],
    ["application/vnd.vegalite.v5+json"],
    ["text/html", "text/html"],
    ["image/svg+xml"],
  ]);
});

it("means the ways it names to say a rank", async () => {
  await run('import * as tf from "@tensorflow/tfjs"; const filter = tf.ones<tf.Rank.R4>([2, 2, 1, 1]);');
  await run("tf.conv2d(tf.ones<tf.Rank.R4>([1, 4, 4, 1]), filter, 1, 'same').shape");
  await run("tf.conv2d(tf.ones([1, 4, 4, 1]) as tf.Tensor4D, filter, 1, 'same').shape");
  expect((await kernel.execute("tf.conv2d(tf.ones([1, 4, 4, 1]), filter, 1, 'same')")).reply.status).toBe(
    "error",
  );
});

it("means the ways it names to check less, and to let a command fail", async () => {
  expect((await kernel.execute("!false")).reply.status).toBe("error");
  await run("!false || true");
  await run("%%capture out\n!echo word");
  expect(streamText(await run("console.log(out.stdout)"))).toBe("word\n\n");
  await run("%typecheck warn");
  await run("const wrong: number = 'text';");
  await run("%typecheck strict");
  expect((await kernel.execute("const wrong: number = 'text';")).reply.status).toBe("error");
});
