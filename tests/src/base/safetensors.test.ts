import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeTensors, decodeTexts, encodeTensors, headerEnd } from "../../../src/base/safetensors.js";
import { damaged } from "../native/fuzz/damaged.js";
import { Draw } from "../native/fuzz/draw.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

const tensors = [
  { name: "weights/dense/kernel", shape: [2, 3], values: Float32Array.of(1, -2.5, 3e-38, 0, Number.NaN, 7) },
  { name: "empty", shape: [0], values: new Float32Array() },
  { name: "scalar ü", shape: [], values: Float32Array.of(Number.POSITIVE_INFINITY) },
];
const texts = { tunelab: '{"steps":3}', other: "ä" };
const file = Buffer.concat(encodeTensors(tensors, texts));

test("gives back what it wrote", () => {
  const read = decodeTensors(file);
  expect([...read.tensors.values()]).toEqual(tensors);
  expect(read.texts).toEqual(texts);
  expect(decodeTexts(file.subarray(0, headerEnd(file)))).toEqual(texts);
});

test("refuses a file that was cut, wherever", () => {
  for (let length = 0; length < file.length; length++)
    expect(() => decodeTensors(file.subarray(0, length)), `${length} bytes`).toThrow(SyntaxError);
});

test("refuses a file in which any byte was changed", () => {
  for (let at = 0; at < file.length; at++) {
    const changed = Buffer.from(file);
    changed[at] = (changed[at] as number) ^ 0x10;
    expect(() => decodeTensors(changed), `byte ${at}`).toThrow();
  }
});

const named = (header: object, behind = Buffer.alloc(0)) => {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, behind]);
};
const entry = { dtype: "F32", shape: [1], data_offsets: [0, 4] };

test.each([
  [{ __metadata__: null }, "its header's texts are none"],
  [{ __metadata__: { tunelab: 3 } }, "its header's texts are none"],
  [{ a: null }, 'its header does not say where the tensor "a" is'],
  [{ a: { dtype: "F32", shape: [1] } }, 'its header does not say where the tensor "a" is'],
  [{ a: { ...entry, data_offsets: [0, 3] } }, 'its header does not say where the tensor "a" is'],
  [{ a: { ...entry, data_offsets: [4, 0] } }, 'its header does not say where the tensor "a" is'],
  [{ a: { ...entry, data_offsets: [-4, 0] } }, 'its header does not say where the tensor "a" is'],
  [{ a: entry }, 'it ends inside the tensor "a"'],
  [[], "its header is no JSON object"],
])("says what is wrong with the header, %#", (header, words) => {
  expect(() => decodeTensors(named(header))).toThrow(new SyntaxError(words));
});

test("refuses what is behind its tensors", () => {
  expect(() => decodeTensors(Buffer.concat([file, Buffer.alloc(3)]))).toThrow(
    new SyntaxError("it goes on for 3 bytes behind its tensors"),
  );
});

test("refuses with a SyntaxError a file that is damaged, however: 3,000 times", () => {
  for (let seed = 0; seed < 3000; seed++) {
    const changed = damaged(new Draw(seed), file);
    if (file.equals(changed)) continue;
    expect(() => decodeTensors(changed), `seed ${seed}`).toThrow(SyntaxError);
    try {
      decodeTexts(changed);
    } catch (error) {
      expect(error, `seed ${seed}`).toBeInstanceOf(SyntaxError);
    }
  }
});

/** The format as its specification says, read by Python and NumPy. */
const reader = `
import json, struct, sys, numpy as np
data = open(sys.argv[1], "rb").read()
(length,) = struct.unpack("<Q", data[:8])
header = json.loads(data[8 : 8 + length])
header.pop("__metadata__")
assert (8 + length) % 8 == 0
values = {}
for name, entry in header.items():
    begin, end = entry["data_offsets"]
    array = np.frombuffer(data[8 + length :][begin:end], {"F32": "<f4"}[entry["dtype"]])
    values[name] = [repr(float(value)) for value in array.reshape(entry["shape"]).ravel()]
print(json.dumps(values))
`;

test("is read by another program", () => {
  const path = join(temporaryFolder(), "a.safetensors");
  writeFileSync(path, file);
  const { stdout, stderr } = spawnSync(".venv-test/bin/python", ["-c", reader, path], { encoding: "utf8" });
  expect(stderr).toBe("");
  const read = Object.entries(JSON.parse(stdout) as Record<string, string[]>);
  const numbers = (values: readonly string[]) =>
    values.map((text) => Number(text.replace("nan", "NaN").replace("inf", "Infinity")));
  expect(read.map(([name, values]) => [name, numbers(values)])).toEqual(
    tensors.map(({ name, values }) => [name, [...values]]),
  );
});
