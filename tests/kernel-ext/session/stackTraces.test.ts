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

const types = "interface Gone { readonly x: number }\ntype Also = Gone;\n";

it.each([
  ["a list", "[new Error('a'), new RangeError('b')]", ["3:2", "3:18"]],
  ["a property", "const held = { e: new Error('a') };\nheld", ["3:19"]],
  ["a cause within a list", "[new Error('a', { cause: new Error('b') })]", ["3:2", "3:26"]],
  ["several within a Map", "new Map([['k', new AggregateError([new Error('b')], 'a')]])", ["3:16", "3:36"]],
  ["records", "[{ n: 1, e: new Error('a') },\n { n: 2, e: new Error('b') }]", ["3:13", "4:13"]],
  ["a stack's text", "new Error('a').stack", ["3:1"]],
])("shows errors within a result in the person's positions: %s", async (_what, code, places) => {
  const text = String(resultText(await kernel.execute(types + code)));
  expect([...text.matchAll(/at cell-\d+\.ts:(\d+:\d+)/g)].map(([, place]) => place)).toEqual(places);
  expect(text).not.toMatch(foreign);
});

it("counts what a recursion repeats, in what is thrown and in what is printed", async () => {
  const recurse = "function recurse(n: number): number { return recurse(n + 1) + 1 }\n";
  const thrown = await kernel.execute(`${recurse}recurse(0)`);
  const traceback = (thrown.reply.traceback as string[]).join("\n");
  expect(traceback.match(/at recurse/g)).toHaveLength(3);
  expect(traceback).toMatch(/ {4}… at least 27 more frames of recurse$/);
  const printed = await kernel.execute("try { recurse(0) } catch (error) { console.log(error) }");
  expect(streamText(printed).match(/at recurse/g)).toHaveLength(3);
});

it("shows who called a recursion of another cell", async () => {
  await kernel.execute(
    "function down(n: number): void { if (n === 0) throw new Error('deep'); down(n - 1) }",
  );
  const { reply } = await kernel.execute("1;\ndown(20)");
  const traceback = (reply.traceback as string[]).join("\n");
  expect(traceback).toMatch(/… 18 more frames of down\n {4}at cell-\d+\.ts:2:1$/);
  expect(traceback).toMatch(/> 2 \| down\(20\)/);
});

it("survives an error whose name throws", async () => {
  const { reply } = await kernel.execute(
    "const odd = new Error('odd'); Object.defineProperty(odd, 'name', { get() { throw new Error('no name') } }); throw odd",
  );
  expect(reply.status).toBe("error");
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});
