/** TypeScript assumes strict mode, and local files have it; notebooks in tslab's JavaScript need not be fit for it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

it("refuses to write what is read-only, in cells, their functions and awaits", async () => {
  await kernel.execute("const frozen = Object.freeze({ rate: 1 }) as { rate: number };");
  const refusal = { ename: "TypeError", evalue: expect.stringContaining("read only property 'rate'") };
  expect((await kernel.execute("frozen.rate = 2;")).reply).toMatchObject(refusal);
  expect((await kernel.execute("await Promise.resolve();\nfrozen.rate = 2;")).reply).toMatchObject(refusal);
  await kernel.execute("function faster(it: { rate: number }) { it.rate = 3; }");
  expect((await kernel.execute("faster(frozen)")).reply).toMatchObject(refusal);
  expect(resultText(await kernel.execute("frozen.rate"))).toBe("1");
});

it("lets names of every kind be declared again", async () => {
  const cell = (value: number) =>
    `const c = ${value}; let l = ${value}; var v = ${value}; function f() { return ${value} } class C { x = ${value} } enum E { A = ${value} }`;
  await kernel.execute(cell(1));
  await kernel.execute(cell(2));
  expect(resultText(await kernel.execute("[c, l, v, f(), new C().x, E.A].join()"))).toBe("'2,2,2,2,2,2'");
});

it("leaves a notebook in JavaScript its globals by assignment, until a restart", async () => {
  expect((await kernel.execute("%typecheck off")).reply.status).toBe("ok");
  expect((await kernel.execute("implicit = 5")).reply).toMatchObject({
    ename: "ReferenceError",
    evalue: "implicit is not defined",
  });
  await kernel.execute('const tslab = require("tslab"); implicit = 5;');
  expect(resultText(await kernel.execute("other = implicit + 1"))).toBe("6");
});
