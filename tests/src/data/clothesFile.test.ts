import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readClothes } from "../../../src/data/clothesFile.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tunelab-clothes-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (text: string) => {
  const path = join(folder, "0.json");
  writeFileSync(path, text);
  return readClothes(path, { count: 2, pixels: 3 });
};

it("reads images and leaves out what is empty", async () => {
  expect(await read('{"data":[[0,1,255],[],[4,5,6]]}')).toEqual([
    [0, 1, 255],
    [4, 5, 6],
  ]);
});

it.each([
  ['{"data":[[0,1,2],[4,5', /has no JSON/],
  ["[1]", /has no list named "data"/],
  ["null", /has no list named "data"/],
  ['{"data":{}}', /has no list named "data"/],
  ['{"data":[[0,1,2]]}', /needs 2 images of 3 bytes each; it has 1$/],
  ['{"data":[[0,1,2],[1,2]]}', /something else as its image 1/],
  ['{"data":[[0,1,256],[1,2,3]]}', /something else as its image 0/],
  ['{"data":[[0,1,2],null]}', /something else as its image 1/],
])("refuses %s", async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
  await expect(read(text)).rejects.toThrow(SyntaxError);
});
