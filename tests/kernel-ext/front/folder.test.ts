/** The notebook's folder: where it goes, it goes with all processes, and it may be removed. */
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

const inside = (name: string) => join(realpathSync(kernel.folder), name);

it("that was removed can be left, and hinders nothing that does not need it", async () => {
  mkdirSync(inside("gone"));
  await kernel.execute("%cd gone");
  rmSync(inside("gone"), { recursive: true });
  expect(resultText(await kernel.execute("require('path').sep"))).toBe("'/'");
  expect((await kernel.execute("!true")).reply.evalue).toContain(
    `${inside("gone")} is gone; %cd goes elsewhere`,
  );
  expect(streamText(await kernel.execute("%cd .."))).toBe(`${realpathSync(kernel.folder)}\n`);
  expect((await kernel.execute("!true")).reply.status).toBe("ok");
});

it("that cannot be told is not taken for the one before: nothing is written there, no command runs there", async () => {
  const home = realpathSync(kernel.folder);
  const removed = `
    const { mkdirSync, rmdirSync } = await import("node:fs");
    mkdirSync("short"); process.chdir("short"); rmdirSync(${JSON.stringify(inside("short"))});`;
  const tooLong = `for (let i = 0; i < 25; i++) { mkdirSync("d".repeat(200)); process.chdir("d".repeat(200)); }`;
  const back = `for (let i = 0; i < 25; i++) { process.chdir(".."); rmdirSync("d".repeat(200)); }`;
  for (const [go, leave] of [
    [removed, ""],
    [tooLong, back],
  ] as const) {
    expect((await kernel.execute(go)).reply.status).toBe("ok");
    for (const works of ["%%writefile w.txt\ntext", "!touch w.txt", "%npm ls"]) {
      expect((await kernel.execute(works)).reply.evalue, works).toMatch(
        /^this works in the notebook's folder, but the system cannot tell where that is: .*; %cd goes elsewhere$/,
      );
    }
    expect(existsSync(inside("w.txt"))).toBe(false);
    await kernel.execute(leave);
    expect(streamText(await kernel.execute(`%cd ${home}`))).toBe(`${home}\n`);
    expect(streamText(await kernel.execute("!pwd"))).toBe(`${home}\n`);
  }
});

it("that a cell's own process.cwd tells wrong ends that cell, and no other", async () => {
  // Another one each time it is asked.
  const own = "let folders = 0n; const told = process.cwd; process.cwd = () => folders++ as never;";
  expect((await kernel.execute(own)).reply).toMatchObject({ status: "error", ename: "TypeError" });
  expect((await kernel.execute("process.cwd = told; 5")).reply.status).toBe("ok");
});

it.each([
  ["%cd", "%cd sub", "%reset --force"],
  ["process.chdir", "process.chdir('sub')", "%reset --force"],
  ["%cd", "%cd sub", "process.exit(3)"],
])("after %s is the next session's too, and the checker's, when it ends by %s", async (_what, go, end) => {
  mkdirSync(inside("sub"), { recursive: true });
  writeFileSync(inside("sub/there.ts"), "export const there: number = 7;");
  expect((await kernel.execute(go)).reply.status).toBe("ok");
  const load = "import { there } from './there'; there";
  expect(resultText(await kernel.execute(load))).toBe("7");
  await kernel.execute(end);
  expect(resultText(await kernel.execute(load))).toBe("7");
  expect(resultText(await kernel.execute("process.cwd()"))).toBe(`'${inside("sub")}'`);
  expect((await kernel.execute("%cd ..")).reply.status).toBe("ok");
});

it("that was left leaves no cell without its types, those with markup neither", async () => {
  const own = await KernelClient.start();
  try {
    for (const folder of ["a", "b"]) {
      const sub = join(own.folder, folder);
      mkdirSync(sub);
      // While a cell sleeps, documents are opened for those to come.
      const sleep = `await new Promise((done) => setTimeout(done, 300)); const h = (...parts: unknown[]) => parts.length;`;
      for (const cell of [sleep, `<b/>; const ${folder}Tag: string = "x"`, `%cd ${sub}`])
        expect((await own.execute(cell)).reply.status, cell).toBe("ok");
    }
    // As many as take all documents that were open, and those that were about to be.
    for (let count = 0; count < 40; count++) await own.execute(`const n${count} = ${count}`);
    for (const tag of ["aTag", "bTag"])
      expect((await own.execute(`const wrong: number = ${tag}`)).reply.evalue, tag).toContain("TS2322");
  } finally {
    await own.close();
  }
});
