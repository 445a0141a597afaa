/** Errors of functions from files that have changed since they were imported, in a real kernel. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LocalMaps, withoutVersions } from "../../../kernel-ext/session/localMaps.js";
import { KernelClient, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

async function traceback(source: string): Promise<string> {
  const { messages } = await kernel.execute(source);
  const lines = messages.find(({ type }) => type === "error")?.content.traceback ?? [];
  return stripVTControlCharacters((lines as string[]).join("\n"));
}

it.each([
  ["work.ts", "interface Gone { x: number }\nexport function boom(): void {\n  throw new Error('old');\n}\n"],
  ["plain.mjs", "export const one = 1;\nexport function boom() {\n  throw new Error('old');\n}\n"],
])("shows an old function of %s in the text it was made of", async (file, before) => {
  const path = join(kernel.folder, file);
  const place = `    at boom (file://${path}:3:9)`;
  const lines = ["> 3 |   throw new Error('old');", "    |         ^", "  4 | }"];
  writeFileSync(path, before);
  const first = (await traceback(`import { boom } from "./${file}"; boom()`)).split("\n");
  expect(first).toEqual(expect.arrayContaining([`${file}, line 3`, ...lines, place]));
  const text = `// one\n// two\n// three\n// four\n${before.replace("old", "new")}`;
  writeFileSync(path, text);
  const title = `${file}, line 3, as it was imported: the file has changed since`;
  expect((await traceback("boom()")).split("\n")).toEqual(expect.arrayContaining([title, ...lines, place]));
  // Both versions in one session, and a stack that is printed.
  await kernel.execute("const old = boom");
  const printed = await kernel.execute(
    `import { boom } from "./${file}";\ntry { boom() } catch (e) { console.log((e as Error).stack) }`,
  );
  expect(streamText(printed)).toContain(`Error: new\n    at boom (file://${path}:7:9)`);
  expect((await traceback("old()")).split("\n")).toEqual(expect.arrayContaining([title, ...lines, place]));
});

// A pattern that looks ahead from each address takes minutes for these.
it.each([
  ["of another's versions", (i: number) => `file:///home/me/project/assets/image${i}.png?v=${i}`],
  ["without an address", (i: number) => `page${i}?v=0123456789ab`],
  ["that do not end", (i: number) => `file:///home/me/project/assets/image${i}.ts?v=`],
])("reads addresses %s in time, and leaves them as they are", (_what, address) => {
  const text = JSON.stringify(Array.from({ length: 20_000 }, (_, i) => address(i)));
  const maps = new LocalMaps();
  expect(withoutVersions(maps.mapText(text)) === text).toBe(true);
});

it("takes the versions of files out, whatever stands around them", () => {
  const version = "?v=0123456789ab";
  const text = `["file:///a/b.ts${version}","file:///c.mts${version}:3:9"] at f (file:///d%20e/f.tsx${version}:1:2)\n`;
  const maps = new LocalMaps();
  expect(maps.mapText(text)).toBe(text);
  expect(withoutVersions(text)).toBe(
    '["file:///a/b.ts","file:///c.mts:3:9"] at f (file:///d%20e/f.tsx:1:2)\n',
  );
  const kept = `file:///a b.ts${version} file:///c.ts?v=0123456789abc ${version} file://${version}`;
  expect(withoutVersions(kept)).toBe(kept);
});
