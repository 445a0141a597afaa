/** Code that nests deeply: the native parser's stack is not to be the kernel's end. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, type Received, resultText } from "../kernelClient.js";
import { nested } from "../nestedCode.js";

const constructs = [
  "parentheses",
  "open brackets",
  "blocks",
  "tuple types",
  "type arguments",
  "templates",
  "tags",
  "negations",
  "else if",
  "classes",
  "sums",
  "a magic's body",
  "an error before it",
];

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("let kept = 42");
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

describe.each(constructs)("%s", (name) => {
  it.each([1_000, 8_000, 100_000])(
    "%i deep: the kernel lives, answers and keeps its variables",
    {
      timeout: 90_000,
    },
    async (depth) => {
      const code = nested[name]?.(depth) as string;
      const ran = await execute(code);
      expect(ran.content.status).toMatch(/^(ok|error)$/);
      expect(ran.content.ename).not.toBe("KernelError");
      expect(ran.content.ename).not.toBe("SessionEnded");
      const complete = await reply("is_complete", { code });
      expect(complete.content.status).toMatch(/^(complete|incomplete|invalid)$/);
      const cursor_pos = code.length;
      expect((await reply("complete", { code, cursor_pos })).content.status).toMatch(/^(ok|error)$/);
      expect((await reply("inspect", { code, cursor_pos })).content.status).toMatch(/^(ok|error)$/);
      expect(kernel.alive).toBe(true);
      expect(resultText(await kernel.execute("kept", { store_history: false }))).toBe("42");
    },
  );
});

it("an imported file that nests deeply does not end the kernel", { timeout: 60_000 }, async () => {
  writeFileSync(join(kernel.folder, "deep.ts"), `export const deep = ${nested.parentheses?.(10_000)};`);
  const ran = await execute('import { deep } from "./deep";\ndeep');
  expect(ran.content.status).toMatch(/^(ok|error)$/);
  expect(ran.content.ename).not.toBe("KernelError");
  expect(kernel.alive).toBe(true);
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});
