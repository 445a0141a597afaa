import { expect, it } from "vitest";
import { fieldsOf } from "../../../src/native/protobuf.js";

const fields = (hex: string) => [...fieldsOf(Buffer.from(hex.replaceAll(" ", ""), "hex"))];

/** The bytes are the examples of Protocol Buffers' own description of its encoding. */
it("reads varints, texts and nested messages", () => {
  expect(fields("08 96 01")).toEqual([{ number: 1, value: 150 }]);
  const [text] = fields("12 07 74 65 73 74 69 6e 67");
  expect([text?.number, Buffer.from(text?.content ?? []).toString()]).toEqual([2, "testing"]);
  const [nested] = fields("1a 03 08 96 01");
  expect([...fieldsOf(nested?.content ?? new Uint8Array())]).toEqual([{ number: 1, value: 150 }]);
  // -2, in the two's complement of 64 bits, comes as a number above 2^63.
  expect(fields("08 fe ff ff ff ff ff ff ff ff 01")[0]?.value).toBe(2 ** 64 - 2);
});

it("passes over numbers of fixed length, and ends where the bytes do", () => {
  expect(fields("09 00 00 00 00 00 00 00 00 15 00 00 00 00 08 01")).toEqual([{ number: 1, value: 1 }]);
  expect(fields("12 07 74 65")).toHaveLength(1);
  expect(fields("08 ff")).toHaveLength(1);
});
