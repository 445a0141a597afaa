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
/** What an imported file of 600, 10,000 and 100,000 levels comes to. */
const fileAnswers: Readonly<Record<string, readonly Answer[]>> = {
  parentheses: ["runs", tooDeep, tooDeep],
  "open brackets": [/^open-brackets-600.ts cannot be compiled: Unexpected token/, tooDeep, tooDeep],
  arrays: ["runs", tooDeep, tooDeep],
  objects: ["runs", tooDeep, tooDeep],
  blocks: ["runs", tooDeep, tooDeep],
  "tuple types": ["runs", tooDeep, tooDeep],
  "type arguments": ["runs", tooDeep, tooDeep],
  templates: ["runs", tooDeep, tooDeep],
  negations: ["runs", "runs", tooDeep],
  minus: ["runs", tooDeep, tooDeep],
  "else if": ["runs", tooDeep, tooDeep],
  // 10,000 are no depth to newer V8s.
  conditionals: ["runs", /^runs$|nests too deeply/, tooDeep],
  functions: ["runs", tooDeep, tooDeep],
  "function bodies": ["runs", tooDeep, tooDeep],
  classes: ["runs", tooDeep, tooDeep],
  sums: ["runs", "runs", tooDeep],
  "method calls": ["runs", tooDeep, tooDeep],
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
  await kernel.until(() => kernel.replied.has(id), `a reply to ${type}`);
  return kernel.replied.get(id) as Received;
}

async function execute(code: string): Promise<Received> {
  const id = await kernel.start(code, { store_history: false });
  await kernel.finished(id);
  return kernel.replied.get(id) as Received;
}

describe.each(Object.entries(answers))("%s", (name, ofDepths) => {
  it.each(depths.map((depth, at) => [depth, ofDepths[at] as Answer] as const))(
    "%i deep: runs or is refused by name, everywhere alike, and the kernel keeps its variables",
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

describe("a file that a cell imports", () => {
  const write = (name: string, text: string) => writeFileSync(join(kernel.folder, name), text);
  const refused = (name: string) =>
    new RegExp(`^${name} cannot be compiled: the code nests too deeply: .*\\(/.*/${name}\\)$`);

  async function imported(name: string): Promise<string> {
    const { content } = await execute(`import * as file from "./${name}";\ntypeof file`);
    // Whatever it is told, the session is the same.
    expect(resultText(await kernel.execute("kept", { store_history: false }))).toBe("42");
    return content.status === "ok" ? "runs" : `${content.evalue}`;
  }

  it.each(Object.keys(fileAnswers))(
    "%s: is loaded or refused by name, and the session keeps its variables",
    async (name) => {
      for (const [index, depth] of [600, 10_000, 100_000].entries()) {
        const file = `${name.replaceAll(" ", "-")}-${depth}.ts`;
        const code = String(nested[name]?.(depth)).replace(/^x = /, "let x = ");
        write(file, `${isExpression(code) ? "export const deep = " : ""}${code};\nexport const whole = 1;`);
        const answer = await imported(file);
        const expected = fileAnswers[name]?.[index] as Answer;
        expect(answer, `${depth} deep`).toMatch(expected === tooDeep ? refused(file) : expected);
      }
    },
  );

  it("is named when it lies behind another, short or long, whichever of them is at fault", async () => {
    const deep = `export const deep = ${nested.arrays?.(10_000)};`;
    const many = Array.from({ length: 1_000 }, (_, index) => `export const word${index} = 1;\n`).join("");
    write("inner.ts", deep);
    write("short.ts", 'export * from "./inner";');
    write("long.ts", `export * from "./inner";\n${many}`);
    write("outer.ts", `import "./inner";\n${deep}`);
    write("late.ts", 'export const later = () => import("./inner");');
    expect(await imported("short")).toMatch(refused("inner.ts"));
    expect(await imported("long")).toMatch(refused("inner.ts"));
    expect(await imported("outer")).toMatch(refused("outer.ts"));
    const { content } = await execute('import { later } from "./late";\nawait later();');
    expect(content.evalue).toMatch(refused("inner.ts"));
    write("inner.ts", "export const deep = 1;");
    expect(await imported("long")).toBe("runs");
  });

  it("ends nothing as JavaScript either, which V8 reads", async () => {
    const deep = nested.parentheses?.(10_000);
    write("deep.js", `/* import */ exports.deep = ${deep}`);
    write("deep.mjs", `export const deep = ${deep}`);
    await kernel.execute("%typecheck off");
    expect(await imported("deep.js")).toMatch(refused("deep.js"));
    expect(await imported("deep.mjs")).toMatch(refused("deep.mjs"));
    write("behind.mjs", 'export { deep } from "./deep.mjs";');
    write("behind.ts", 'export { deep } from "./behind.mjs";');
    expect(await imported("behind.mjs")).toMatch(refused("deep.mjs"));
    expect(await imported("behind")).toMatch(refused("deep.mjs"));
    // A function without end is no fault of how its file is built, long as it may be.
    write("endless.mjs", `${"0;".repeat(3_000)}\nexport const endless = () => endless() + 1;\nendless();`);
    expect(await imported("endless.mjs")).toBe("Maximum call stack size exceeded");
    await kernel.execute("%typecheck strict");
  });

  it("may be JSON of any depth, but not where a type is to be inferred of it", async () => {
    write("deep.json", `{ "a": ${nested.arrays?.(10_000)} }`);
    write("behind.ts", 'export { default } from "./deep.json";');
    for (const name of ["./deep.json", "./behind"]) {
      const { content } = await execute(`import data from "${name}";\ntypeof data.a`);
      expect(content).toMatchObject({ status: "error", ename: "TypeScriptError" });
      expect(content.evalue).toMatch(
        /nests 1,000 times at most, but .*deep\.json does 10,001 times; read it by/,
      );
      const [, instead] = /(JSON\.parse\(.*\)) instead of/.exec(String(content.evalue)) ?? [];
      const read = `import { readFileSync } from "node:fs";\nArray.isArray(${instead}.a)`;
      expect(resultText(await kernel.execute(read))).toBe("true");
    }
    await kernel.execute("%typecheck off");
    expect(resultText(await kernel.execute('import data from "./deep.json";\nArray.isArray(data.a)'))).toBe(
      "true",
    );
    await kernel.execute("%typecheck strict");
    expect(resultText(await kernel.execute("Array.isArray(data.a)"))).toBe("true");
    expect(resultText(await kernel.execute("kept"))).toBe("42");
  });
});

const isExpression = (code: string) => !/^(?:let |[{]|function)/.test(code);
