import { expect, it } from "vitest";
import { fieldsOf } from "../../../src/native/protobuf.js";
import { field, mapField, message } from "../../../src/native/protobufWriter.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

// From "Encoding" in Protocol Buffers' documentation.
it("writes the bytes that the format's description shows", () => {
  expect(hex(field(1, 150))).toBe("089601");
  expect(hex(field(2, "testing"))).toBe("120774657374696e67");
  expect(hex(field(3, field(1, 150)))).toBe("1a03089601");
  expect(hex(field(1, -2))).toBe("08feffffffffffffffff01");
  // Of 64 bits, as Google's library for Python writes it.
  expect(hex(field(3, 1_795_980_544_123_456_000n))).toBe("188094f79fa1d9a6f618");
  expect(hex(field(3, 2 ** 53 - 1))).toBe("18ffffffffffffff0f");
  expect(hex(field(16, true))).toBe("800101");
});

it("is read back", () => {
  const bytes = message(field(1, 2 ** 40), field(200, "größe"), mapField(3, [["key", field(1, 5)]]));
  const read = [...fieldsOf(bytes)].map(({ number, value, content }) => [
    number,
    value,
    content && hex(content),
  ]);
  expect(read).toEqual([
    [1, 2 ** 40, undefined],
    [200, 0, Buffer.from("größe").toString("hex")],
    [3, 0, "0a036b657912020805"],
  ]);
});
