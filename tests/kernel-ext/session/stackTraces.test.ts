import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

const foreign = /node:|kernel-ext|matching cause/;

it("leaves the cell's frames alone in what a cell prints of an error", async () => {
  const printed = await kernel.execute(
    "function low(): Error { return new Error('a', { cause: new RangeError('b') }) }\nconsole.log(low());\nconsole.log(low().stack)",
  );
  const text = streamText(printed);
  expect(text).not.toMatch(foreign);
  expect(text.match(/at low \(cell-\d+\.ts:1:\d+\)\n {4}at cell-\d+\.ts:[23]:\d+/g)).toHaveLength(2);
  expect(text).toMatch(/\[cause\]: RangeError: b\n {6}at low \(cell-\d+\.ts:1:\d+\)/);
});

it("shows an error that is a result in the person's positions", async () => {
  const shown = await kernel.execute("const one: 1 = 1;\nnew TypeError('shown')");
  expect(resultText(shown)).toMatch(/^TypeError: shown\n {4}at cell-\d+\.ts:2:1$/);
});

it.each([
  ["a cause", "throw new Error('a', { cause: new Error('b') })"],
  ["several errors", "throw new AggregateError([new Error('b'), new RangeError('c')], 'a')"],
  ["an await", "await Promise.any([Promise.reject(new Error('b'))])"],
  ["a property", "throw Object.assign(new Error('a'), { code: 'E_B' })"],
])("shows no frames but the cell's with %s, and closes what it opens", async (_what, code) => {
  const { reply } = await kernel.execute(code);
  const text = (reply.traceback as string[]).join("\n");
  expect(text).not.toMatch(foreign);
  expect(text).toMatch(/cell-\d+\.ts:1:\d+ \{\n[\s\S]*\n\}$/);
});

it("survives an error whose name throws", async () => {
  const { reply } = await kernel.execute(
    "const odd = new Error('odd'); Object.defineProperty(odd, 'name', { get() { throw new Error('no name') } }); throw odd",
  );
  expect(reply.status).toBe("error");
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});
