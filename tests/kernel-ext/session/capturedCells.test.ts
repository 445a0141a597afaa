/** Functions captured in cells: the line that cannot be captured is the cell's, and an explanation is a table. */
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

it("names the cell and the line", async () => {
  await kernel.execute('import { capture, tf } from "tunelab";\nconst three = tf.tensor1d([1, 2, 3]);');
  const { reply } = await kernel.execute(
    "const sign = capture((x: tf.Tensor) => {\n  return tf.sum(x).dataSync()[0]! > 1 ? x : tf.neg(x);\n});\nsign(three)",
  );
  expect(reply).toMatchObject({
    ename: "CaptureError",
    evalue: expect.stringMatching(/the values of Sum's output cannot be read.*, at cell-\d+\.ts:2:\d+$/),
  });
});

it("names the same line in the report and in what is printed, though the compiler moved it", async () => {
  const { reply } = await kernel.execute(
    "const wrong = capture((x: tf.Tensor) => {\n  early.abs();\n  return tf.reshape(x, [7]);\n});\nconst early = tf.ones([2]);\nwrong(three)",
  );
  const place = /Reshape cannot be captured.*, at (cell-\d+\.ts:3:\d+)$/.exec(String(reply.evalue))?.[1];
  expect(place).toBeDefined();
  const report = stripVTControlCharacters((reply.traceback as string[]).join("\n"));
  expect(report.split("\n")[0]).toBe(`CaptureError: ${String(reply.evalue)}`);
  expect(report).toContain(`line: '${place}'`);
  const printed = await kernel.execute(
    "try { wrong(three) } catch (error) { console.log((error as Error).message); console.error(error); }",
  );
  expect(streamText(printed).split("\n")[0]).toBe(reply.evalue);
});

it("captures what a cell defines, and shows what it became", async () => {
  await kernel.execute("const twice = capture((x: tf.Tensor) => tf.add(tf.square(x), tf.square(x)));");
  expect(resultText(await kernel.execute("twice(three).arraySync().toString()"))).toBe("'2,8,18'");
  expect(resultText(await kernel.execute("twice.explain()"))).toMatch(/op +before +after[\s\S]*Square +2 +1/);
});
