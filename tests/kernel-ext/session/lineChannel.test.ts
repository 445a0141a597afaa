import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineReader, writeWhole } from "../../../kernel-ext/session/lineChannel.js";
import { speakTo } from "./spokenTo.js";

describe("LineReader", () => {
  it("gives the same lines however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", " ")),
          { maxLength: 6 },
        ),
        fc.array(fc.nat(60), { maxLength: 8 }),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
          const got: string[] = [];
          const reader = new LineReader((line) => got.push(line));
          let start = 0;
          for (const cut of cuts) {
            reader.push(bytes.subarray(start, start + cut));
            start += cut;
          }
          reader.push(bytes.subarray(start));
          expect(got).toEqual(lines);
        },
      ),
      { seed: 3 },
    );
  });
});

it("writeWhole writes all of a long text", () => {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-lines-"));
  const file = join(folder, "out");
  const text = "é\n".repeat(100_000);
  writeWhole(openSync(file, "w"), text);
  expect(readFileSync(file, "utf8")).toBe(text);
  rmSync(folder, { recursive: true });
});

it("readWhole waits for all of an input that Node has made one that never waits", async () => {
  const channel = pathToFileURL(join(import.meta.dirname, "../../../dist/kernel-ext/session/lineChannel.js"));
  const program = `
    import "node:process";
    import { readWhole, writeWhole } from "${channel}";
    writeWhole(1, "ready;");
    writeWhole(1, readWhole(0));`;
  const { child, said, ended } = speakTo(["--input-type=module", "--eval", program]);
  await expect.poll(() => said.out + said.errors).not.toBe("");
  const bytes = Buffer.from("é".repeat(100_000));
  child.stdin.write(bytes.subarray(0, 1));
  child.stdin.end(bytes.subarray(1));
  await ended;
  expect(said.errors).toBe("");
  expect(said.out === `ready;${bytes}`).toBe(true);
});
