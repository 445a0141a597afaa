import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LowSync } from "lowdb";
import { describe, expect, test } from "vitest";
import { JsonFile } from "../../../src/track/jsonFile.js";
import { temporaryFolder } from "./temporaryFolder.js";

const library = join(import.meta.dirname, "../../../dist/src/track/jsonFile.js");
const lowdb = pathToFileURL(join(import.meta.dirname, "../../../node_modules/lowdb/lib/index.js")).href;

describe("JsonFile", () => {
  test("gives lowdb back what it wrote, and null where nothing is", () => {
    const file = join(temporaryFolder(), "run.json");
    expect(new JsonFile(file).read()).toBeNull();
    const store = new LowSync<{ list: number[] }>(new JsonFile(file), { list: [] });
    store.update(({ list }) => list.push(1, 2));
    expect(new JsonFile(file).read()).toEqual({ list: [1, 2] });
  });

  test("names the file that holds no JSON", () => {
    const file = join(temporaryFolder(), "run.json");
    writeFileSync(file, '{"a": ');
    expect(() => new JsonFile(file).read()).toThrow(SyntaxError);
    expect(() => new JsonFile(file).read()).toThrow(`read ${file}: it must hold JSON, but`);
  });

  test("written by four processes at once is whole at every moment, and leaves nothing behind", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "run.json");
    const program = `
      import { LowSync } from ${JSON.stringify(lowdb)};
      import { JsonFile } from ${JSON.stringify(library)};
      const store = new LowSync(new JsonFile(process.argv[1]), {});
      for (let n = 0; n < 50; n++) {
        store.data = { writer: process.pid, n, text: String(n).repeat(2000) };
        store.write();
      }`;
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", program, file], { stdio: "inherit" }),
    );
    let running = children.length;
    const ends = children.map(
      (child) =>
        new Promise<number | null>((resolve) =>
          child.once("close", (code) => {
            running--;
            resolve(code);
          }),
        ),
    );
    let seen = 0;
    while (running > 0) {
      const data = new JsonFile<{ n: number; text: string }>(file).read();
      if (data) {
        seen++;
        if (data.text !== String(data.n).repeat(2000)) expect.fail("a mixture of two writes was read");
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
    expect(seen).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual(["run.json"]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ n: 49 });
  });
});
