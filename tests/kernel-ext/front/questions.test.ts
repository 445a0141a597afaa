/** `input()` of several at once, and of those who are not to ask. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterAll(() => kernel.close());

async function answer(value: string): Promise<unknown> {
  const { content } = await kernel.inputRequest();
  await kernel.send("input_reply", { value, status: "ok" }, "stdin");
  return content.prompt;
}

it("asks one question after another, and gives each its answer", async () => {
  const id = await kernel.start("(await Promise.all([input('a'), input('b'), input('c')])).join()");
  expect([await answer("1"), await answer("2"), await answer("3")]).toEqual(["a", "b", "c"]);
  expect(resultText(await kernel.finished(id))).toBe("'1,2,3'");
});

it("refuses a question of an ended cell, which gets no answer meant for another", async () => {
  const early = await kernel.start(
    "setTimeout(() => input('late').catch((e) => console.log(e.message)), 150); 1",
  );
  await kernel.finished(early);
  const id = await kernel.start("await new Promise((r) => setTimeout(r, 400)); await input('mine')");
  expect(await answer("yours")).toBe("mine");
  expect(resultText(await kernel.finished(id))).toBe("'yours'");
  const messages = kernel.below(early);
  expect(streamText({ reply: {}, messages, milliseconds: 0 })).toContain("only the running cell can ask");
});

it("ends a question whose cell has ended", async () => {
  const id = await kernel.start("input('a').catch((e) => console.log(e.message)); 1");
  await kernel.finished(id);
  await kernel.until(
    () => kernel.below(id).some(({ content }) => String(content.text).includes("the cell ended before")),
    "its error",
  );
  await answer("too late");
  expect(resultText(await kernel.execute("2"))).toBe("2");
});
