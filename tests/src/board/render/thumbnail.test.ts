import { Resvg } from "@resvg/resvg-js";
import { expect, it } from "vitest";
import { encodePng } from "../../../../src/base/png.js";
import { random } from "../../../../src/base/random.js";
import { thumbnail } from "../../../../src/board/render/thumbnail.js";

const size = { width: 400, height: 200 };

/** Dark at the left and bright at the right, with noise that no file makes small. */
function noisyHalves(): Uint8Array {
  const source = random(1);
  const data = Uint8Array.from(
    { length: size.width * size.height * 3 },
    (_, i) => (Math.floor(i / 3) % size.width < size.width / 2 ? 0 : 225) + Math.floor(30 * source.next()),
  );
  return encodePng({ ...size, channels: 3, data });
}

it("makes a large picture small, of the same proportions and look", () => {
  const bytes = noisyHalves();
  const small = thumbnail(bytes, size, 100);
  expect(small).toMatchObject({ width: 100, height: 50 });
  expect(small?.address.length).toBeLessThan(bytes.length / 4);
  const { width, height, pixels } = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><image href="${small?.address}" width="100" height="50"/></svg>`,
  ).render();
  expect([width, height]).toEqual([100, 50]);
  const mean = (isWanted: (x: number) => boolean) => {
    const wanted = [...pixels].filter((_, i) => i % 4 === 0 && isWanted((i / 4) % width));
    return wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
  };
  expect(mean((x) => x < 48)).toBeLessThan(25);
  expect(mean((x) => x > 52)).toBeGreaterThan(230);
});

it("gives nothing for what is no picture, or has no size", () => {
  expect(thumbnail(Buffer.from("<svg onload=alert(1)>"), size, 100)).toBeUndefined();
  expect(thumbnail(new Uint8Array(0), size, 100)).toBeUndefined();
  expect(thumbnail(Buffer.from("GIF89a"), { width: 0, height: 0 }, 100)).toBeUndefined();
});
