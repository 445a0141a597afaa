import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LanguageServer } from "../../../kernel-ext/language/languageServer.js";
import {
  LanguageServerError,
  LateAnswer,
  startServerProcess,
} from "../../../kernel-ext/language/serverProcess.js";

let folder: string;
let file: string;
let server: LanguageServer | undefined;
const told: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "language-server-"));
  file = join(folder, "one.ts");
  told.length = 0;
});
afterEach(async () => {
  await server?.dispose();
  rmSync(folder, { recursive: true });
});

function start(forgives?: number): LanguageServer {
  server = new LanguageServer({
    tell: (message) => told.push(message),
    ...(forgives !== undefined && { forgives }),
  });
  server.set(file, "export const wrong: string = 1;");
  return server;
}

async function codes(of: LanguageServer): Promise<number[]> {
  const { items } = await of.ask<{ items: { code: number }[] }>("textDocument/diagnostic", file);
  return items.map(({ code }) => code);
}

/** Kills the server and waits until that is known. */
async function die(of: LanguageServer, deaths: number): Promise<void> {
  of.kill();
  await expect.poll(() => told, { interval: 10 }).toHaveLength(deaths);
}

it("knows its documents again after a death", async () => {
  const one = start();
  expect(await codes(one)).toEqual([2322]);
  await die(one, 1);
  expect(await codes(one)).toEqual([2322]);
  one.set(file, "export const right: string = '';");
  expect(await codes(one)).toEqual([]);
});

it("is given up when it dies twice within the time that a death counts", async () => {
  const one = start(60_000);
  await codes(one);
  await die(one, 1);
  await codes(one);
  await die(one, 2);
  expect(one.available).toBe(false);
  await expect(codes(one)).rejects.toThrow(LanguageServerError);
});

it("is started again however often it dies over a draft, which is emptied", async () => {
  const one = start(60_000);
  await codes(one);
  const draft = join(folder, "draft.ts");
  for (const deaths of [1, 2, 3]) {
    one.set(draft, `// ${deaths}\nMath.`);
    const position = { line: 1, character: 5 };
    const asked = one.ask("textDocument/completion", draft, { position });
    await Promise.all([expect(asked).rejects.toThrow(LanguageServerError), die(one, deaths)]);
    expect(await codes(one)).toEqual([2322]);
  }
  expect(told.at(-1)).toContain("over code that is being written");
  expect(one.available).toBe(true);
});

it("is started as often as it dies when the deaths lie far apart", async () => {
  const one = start(0);
  for (let death = 1; death <= 3; death++) {
    await codes(one);
    await die(one, death);
    expect(one.available).toBe(true);
  }
  expect(await codes(one)).toEqual([2322]);
});

/** A server that works on a completion without end; a fault of a document is numbered by the length of its text. */
const stubborn = `#!${process.execPath}
const texts = new Map();
let input = Buffer.alloc(0);
const answer = (id, result) => {
  const text = JSON.stringify({ jsonrpc: "2.0", id, result });
  process.stdout.write("Content-Length: " + Buffer.byteLength(text) + "\\r\\n\\r\\n" + text);
};
const take = ({ id, method, params }) => {
  if (method === "initialize") answer(id, { capabilities: {} });
  if (method === "textDocument/didOpen") texts.set(params.textDocument.uri, params.textDocument.text);
  if (method === "textDocument/hover") require("fs").closeSync(1);
  if (method === "textDocument/completion") for (;;);
  if (method === "textDocument/diagnostic")
    answer(id, { items: [{ code: texts.get(params.textDocument.uri).length }] });
};
process.stdin.on("data", (data) => {
  input = Buffer.concat([input, data]);
  for (;;) {
    const head = input.indexOf("\\r\\n\\r\\n");
    const length = Number(/Content-Length: (\\d+)/i.exec(input.subarray(0, head))?.[1]);
    if (head < 0 || input.length < head + 4 + length) return;
    take(JSON.parse(input.subarray(head + 4, head + 4 + length)));
    input = input.subarray(head + 4 + length);
  }
});
`;

it("is replaced when it does not let go of a draft, which is emptied, and the person is told", async () => {
  const executable = join(folder, "server.cjs");
  writeFileSync(executable, stubborn, { mode: 0o700 });
  server = new LanguageServer({ tell: (message) => told.push(message), timeout: 2000, executable });
  const draft = join(folder, "draft.ts");
  server.set(file, "four");
  server.set(draft, "Math.");
  expect(await codes(server)).toEqual([4]);
  await expect(server.ask("textDocument/completion", draft)).rejects.toThrow(LateAnswer);
  await expect
    .poll(() => told, { interval: 10 })
    .toEqual([
      "the TypeScript language server took too long over code that is being written, and is started again",
    ]);
  expect(await codes(server)).toEqual([4]);
  const { items } = await server.ask<{ items: unknown[] }>("textDocument/diagnostic", draft);
  expect(items).toEqual([{ code: 0 }]);
  expect(server.available).toBe(true);
});

it("counts as dead when it closes its output, and documents that are set meanwhile throw nothing", async () => {
  const executable = join(folder, "server.cjs");
  writeFileSync(executable, stubborn, { mode: 0o700 });
  const one = new LanguageServer({ tell: (message) => told.push(message), executable });
  server = one;
  one.set(file, "four");
  expect(await codes(one)).toEqual([4]);
  const asked = expect(one.ask("textDocument/hover", file)).rejects.toThrow(LanguageServerError);
  for (let turn = 0; told.length === 0; turn++) {
    one.set(file, "seven".padEnd(5 + (turn % 2)));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await asked;
  expect(told).toEqual([expect.stringContaining("is started again")]);
  one.set(file, "sevens.");
  expect(await codes(one)).toEqual([7]);
});

it("leaves no process behind when it is ended before it began", async () => {
  const given = startServerProcess();
  const one = new LanguageServer({ tell: (message) => told.push(message), process: given });
  await one.dispose();
  await expect(given.ended).rejects.toThrow(LanguageServerError);
});
