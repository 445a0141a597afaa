/** Cells that spoil what the session says to its front, or hears from it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterAll(() => kernel.close());

describe("a session that lost its channel is replaced, and said to be", () => {
  it.each([
    ["a line that is no JSON", "require('fs').writeSync(4, 'x\\n')", "it wrote"],
    ["JSON that is no event", `require("fs").writeSync(4, '{"type":"toString"}\\n')`, "it wrote"],
    ["a line on the control's descriptor", "require('fs').writeSync(5, 'null\\n')", "it wrote"],
    ["its events' descriptor closed", "require('fs').closeSync(4)", "the session ended"],
    [
      "its commands' descriptor closed",
      "require('fs').closeSync(3); await new Promise(() => {})",
      "closed its channel",
    ],
  ])("%s", async (_what, code, how) => {
    await kernel.execute("let gone = 1");
    const { reply } = await kernel.execute(code);
    // What the cell did may come after its end.
    if (reply.status === "ok") {
      await kernel.until(
        () =>
          kernel.published.some(({ content }) => String(content.text).includes("variables are lost (gone)")),
        "word of the loss",
      );
    } else expect(reply.evalue).toContain(how);
    expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
    expect((await kernel.execute("gone")).reply.ename).toBe("ReferenceError");
  });
});

it.each([
  ["JSON.stringify", "JSON.stringify = () => 'x'"],
  ["a toJSON of every object", "Object.prototype.toJSON = () => ({}); 1"],
  ["a toJSON of every list", "Array.prototype.toJSON = () => 'x'; 1"],
])("goes on with a cell's own %s", async (_what, code) => {
  await kernel.execute("let kept = 42");
  expect((await kernel.execute(code)).reply.status).toBe("ok");
  expect(resultText(await kernel.execute("kept"))).toBe("42");
  expect((await kernel.execute("throw new TypeError('told')")).reply).toMatchObject({ evalue: "told" });
});
