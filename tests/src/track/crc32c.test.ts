import { describe, expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "../../../src/track/crc32c.js";

/** RFC 3720, appendix B.4; the checksums are written there byte by byte, lowest first. */
const vectors: [name: string, bytes: Uint8Array, crc: number][] = [
  ["32 zeros", new Uint8Array(32), 0x8a9136aa],
  ["32 ones", new Uint8Array(32).fill(255), 0x62a8ab43],
  ["rising", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ["falling", Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ["123456789", Buffer.from("123456789"), 0xe3069283],
];

describe("crc32c", () => {
  test.each(vectors)("of %s is the standard's", (_, bytes, crc) => {
    expect(crc32c(bytes)).toBe(crc);
  });

  test("eight bytes a turn gives what one bit a turn gives, at every length and start", () => {
    const bytes = Uint8Array.from({ length: 70 }, (_, i) => (i * 167 + 13) & 255);
    for (let start = 0; start < 9; start++) {
      for (let end = start; end <= bytes.length; end++) {
        expect(crc32c(bytes, start, end)).toBe(bitByBit(bytes.subarray(start, end)));
      }
    }
  });

  // The length field of a 24-byte record as TensorBoard 2.21 writes it (tensorboard.summary.writer.record_writer.RecordWriter).
  test("the mask is TensorFlow's", () => {
    expect(maskedCrc32c(Buffer.from("1800000000000000", "hex"))).toBe(0x224b7fa3);
  });
});

function bitByBit(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}
