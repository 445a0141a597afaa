/** What cells may name, in a real kernel: what the checker lets pass runs, and what would not run is refused. */
import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

async function value(code: string): Promise<unknown> {
  const run = await kernel.execute(code);
  expect(run.reply, JSON.stringify(run.reply)).toMatchObject({ status: "ok" });
  return resultText(run);
}

it("runs what it checks without annotations", async () => {
  const names = "process.env.HOME; Buffer.from('x'); require('fs'); setTimeout(() => {}, 1); fetch;";
  expect(
    await value(`const o: any = {}; o['k'] = 1; ${names} console.log(__dirname); typeof __dirname`),
  ).toBe("'string'");
});

it("knows the notebook's folder as __dirname, also after %cd, and keeps it from libraries", async () => {
  const folder = realpathSync(kernel.folder);
  mkdirSync(join(folder, "below"));
  expect(await value("__dirname")).toBe(`'${folder}'`);
  expect(await value("require('node:path').dirname(__filename) === __dirname")).toBe("true");
  expect(await value("const where = () => ({ __dirname }); where().__dirname")).toBe(`'${folder}'`);
  await value("%cd below");
  expect(await value("where().__dirname")).toBe(`'${join(folder, "below")}'`);
  await value("%cd ..");
  expect(await value("'__dirname' in globalThis")).toBe("false");
  expect(await value("const __dirname = 5; __dirname + 1")).toBe("6");
  expect(await value("__dirname")).toBe("5");
});

it.each(["name", "history.length", "document.title", "status = 'x'"])("refuses %j", async (code) => {
  const { reply } = await kernel.execute(code);
  expect(reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
  expect(String(reply.evalue)).toMatch(/^Cannot find name '\w+'\. Cells run in Node/);
});

it("says of a pending promise how its value is had", async () => {
  const pending = "Promise { <pending> }: `await` gives its value";
  expect(await value("new Promise((resolve) => setTimeout(resolve, 60_000))")).toBe(pending);
  expect(await value("Promise.resolve(3)")).toBe("Promise { 3 }");
});
