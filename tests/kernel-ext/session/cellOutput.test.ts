import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
  await kernel.execute("let kept = 42");
});
afterAll(() => kernel.close());

describe("process.stdout", () => {
  it.each([
    ["bytes told as text", "process.stdout.write('6869', 'hex')", "hi"],
    [
      "a character whose bytes come apart",
      "process.stdout.write('4pw=', 'base64'); process.stdout.write('kw==', 'base64')",
      "✓",
    ],
    ["text in UTF-8", "process.stdout.write('é', 'utf8')", "é"],
    ["what it is ended with, and goes on", "process.stdout.end('x'); console.log('y')", "xy\n"],
  ])("writes %s", async (_what, code, text) => {
    const run = await kernel.execute(`${code}; 0`);
    expect(run.reply.status, String(run.reply.evalue)).toBe("ok");
    expect(streamText(run)).toBe(text);
  });

  it("tells who ends it, and who waits for its end", async () => {
    const run = await kernel.execute(
      "await new Promise<void>((go) => process.stdout.end('x', go));\n" +
        "await new Promise<void>((go) => { process.stdout.once('finish', go); process.stdout.end() }); 'both'",
    );
    expect(streamText(run)).toBe("x");
    expect(resultText(run)).toBe("'both'");
  });

  it("refuses an encoding that there is not", async () => {
    const { reply } = await kernel.execute("process.stdout.write('x', 'utf-9' as BufferEncoding)");
    expect(reply).toMatchObject({ ename: "TypeError", evalue: expect.stringContaining("utf-9") });
  });
});

it("says why a command cannot be started", async () => {
  const run = await kernel.execute(
    "import { closeSync, openSync } from 'node:fs';\n" +
      "const held: number[] = [];\n" +
      "try { for (;;) held.push(openSync('/dev/null')) } catch {}\n" +
      "!echo hi",
  );
  expect((await kernel.execute("for (const one of held) closeSync(one)")).reply.status).toBe("ok");
  expect(run.reply.evalue).toMatch(/^the command could not be started in .*: too many open files$/);
  expect(streamText(run, "stderr")).toBe("");
  expect(streamText(await kernel.execute("!echo hi"))).toBe("hi\n");
});

it("knows whose output it is where a cell froze Error", async () => {
  await kernel.execute("Object.freeze(Error)");
  const id = await kernel.start("setTimeout(() => console.log('late'), 100); kept");
  expect(resultText(await kernel.finished(id))).toBe("42");
  await kernel.execute("await new Promise((go) => setTimeout(go, 200)); console.log('own')");
  const texts = kernel.below(id).filter(({ type }) => type === "stream");
  expect(texts.map(({ content }) => content.text)).toEqual(["late\n"]);
  const { reply } = await kernel.execute("await null; throw new Error('told')");
  expect(reply).toMatchObject({ ename: "Error", evalue: "told" });
});
