/** Code that nests deeply: the native parser's stack is not to be the kernel's end. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, type Received, resultText } from "../kernelClient.js";
import { nested } from "../nestedCode.js";

const tooDeep = /^the code nests too deeply: /;

/** What a cell of each depth comes to: it runs, or its error says this. */
type Answer = "runs" | RegExp;
const answers: Readonly<Record<string, readonly [Answer, Answer, Answer]>> = {
  parentheses: ["runs", tooDeep, tooDeep],
  "open brackets": [/^Expected `\]` before the end/, tooDeep, tooDeep],
  blocks: ["runs", tooDeep, tooDeep],
  "tuple types": ["runs", tooDeep, tooDeep],
  "type arguments": ["runs", tooDeep, tooDeep],
  templates: ["runs", tooDeep, tooDeep],
  tags: [/^JSX calls 'h', which nothing here has/, tooDeep, tooDeep],
  negations: ["runs", "runs", tooDeep],
  "else if": ["runs", tooDeep, tooDeep],
  classes: [tooDeep, tooDeep, tooDeep],
  sums: ["runs", "runs", tooDeep],
  "a magic's body": ["runs", tooDeep, tooDeep],
  "an error before it": [/^Unexpected token/, /^Unexpected token/, /^Unexpected token/],
};
const depths = [1_000, 8_000, 100_000];

/** Completion and inspection read no more than so many words and signs, whatever they are. */
const tooLong = /at most 100,000 words and signs/;

/** What a client is told of a source that such an answer is given to: by Enter it goes on, runs, or is wrong. */
function completeness(name: string, answer: Answer): string {
  if (name === "a magic's body" || String(answer).includes("before the end")) return "incomplete";
  const isWhole = answer === "runs" || String(answer).includes("JSX");
  return isWhole ? "complete" : "invalid";
}

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("let kept = 42");
  // Long sources are read by a program of its own, whose start on a busy machine is not to count as theirs.
  await execute(nested.sums?.(1_000) as string);
});
afterAll(async () => {
  // Cells are checked as before, and nothing of the kernel's own went wrong on the way.
  expect((await kernel.execute("const wrong: number = 'a'")).reply.ename).toBe("TypeScriptError");
  expect(kernel.stderr).not.toContain("the kernel failed");
  await kernel.close();
});

async function reply(type: string, content: Record<string, unknown>): Promise<Received> {
  const id = await kernel.send(`${type}_request`, content);
  await kernel.until(() => kernel.replied.has(id), `a reply to ${type}`, 20_000);
  return kernel.replied.get(id) as Received;
}

async function execute(code: string): Promise<Received> {
  const id = await kernel.start(code, { store_history: false });
  await kernel.finished(id, performance.now(), 30_000);
  return kernel.replied.get(id) as Received;
}

describe.each(Object.entries(answers))("%s", (name, ofDepths) => {
  it.each(depths.map((depth, at) => [depth, ofDepths[at] as Answer] as const))(
    "%i deep: runs or is refused by name, everywhere alike, and the kernel keeps its variables",
    { timeout: 90_000 },
    async (depth, answer) => {
      const code = nested[name]?.(depth) as string;
      const { content } = await execute(code);
      expect(content.status === "ok" ? "runs" : content.evalue).toMatch(answer);
      const complete = await reply("is_complete", { code });
      expect(complete.content.status).toBe(completeness(name, answer));
      const cursor_pos = code.length;
      for (const type of ["complete", "inspect"]) {
        const { status, evalue } = (await reply(type, { code, cursor_pos })).content;
        const isRefused = answer === tooDeep || depth === 100_000;
        expect(status).toBe(isRefused ? "error" : "ok");
        if (isRefused) expect(evalue).toMatch(new RegExp(`${tooDeep.source}|${tooLong.source}`));
      }
      expect(kernel.alive).toBe(true);
      expect(resultText(await kernel.execute("kept", { store_history: false }))).toBe("42");
    },
  );
});

it("an imported file that nests deeply ends no more than the session, which is told", {
  timeout: 60_000,
}, async () => {
  writeFileSync(join(kernel.folder, "deep.ts"), `export const deep = ${nested.parentheses?.(10_000)};`);
  const { content } = await execute('import { deep } from "./deep";\ndeep');
  expect(content).toMatchObject({ status: "error", ename: "SessionEnded" });
  expect(content.evalue).toMatch(/variables are lost \(.*kept.*\)/);
  expect(kernel.alive).toBe(true);
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});
