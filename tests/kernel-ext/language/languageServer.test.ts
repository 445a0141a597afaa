import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LanguageServer } from "../../../kernel-ext/language/languageServer.js";
import { LanguageServerError } from "../../../kernel-ext/language/serverProcess.js";

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
  for (let turn = 0; turn < 500 && told.length < deaths; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(told).toHaveLength(deaths);
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
