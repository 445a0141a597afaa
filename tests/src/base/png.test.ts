import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodePng, pngSize } from "../../../src/base/png.js";

/** Rows as the first filter leaves them would be as long; what is smooth must come out far shorter. */
test("a smooth picture takes a small part of its bytes, whichever way it is smooth", () => {
  const side = 128;
  const ways = [(x: number) => x, (_: number, y: number) => y, (x: number, y: number) => x + y];
  for (const way of ways) {
    const data = Uint8Array.from(
      { length: side * side },
      (_, i) => way(i % side, Math.floor(i / side)) & 255,
    );
    const file = encodePng({ width: side, height: side, channels: 1, data });
    expect(pngSize(file)).toEqual({ width: side, height: side });
    expect(file.length).toBeLessThan(data.length / 20);
  }
});

test("noise is kept as it is: no filter helps", () => {
  const data = Uint8Array.from({ length: 64 }, (_, i) => (i * 7919) % 251);
  const file = Buffer.from(encodePng({ width: 64, height: 1, channels: 1, data }));
  const at = file.indexOf("IDAT", 0, "latin1");
  const row = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
  expect(row).toHaveLength(65);
  expect(row[0]).toBeLessThan(5);
});

test("no bytes but a whole PNG have a size, and none make it fail otherwise", () => {
  const file = encodePng({ width: 3, height: 2, channels: 3, data: new Uint8Array(18) });
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const broken = file.slice();
      broken[at]! ^= flip;
      expect(() => pngSize(broken)).toThrow(SyntaxError);
      expect(() => pngSize(file.subarray(0, at))).toThrow(SyntaxError);
    }),
    { seed: 11, numRuns: 1000 },
  );
});
