import { describe, expect, it } from "vitest";
import { pageSize } from "../../../../src/board/source/pageSize.js";

describe("pageSize", () => {
  it("is that of a wide page where all fits", () => {
    const wide = { card: { width: 262, height: 170 }, half: { width: 417, height: 226 }, row: 930 };
    expect(pageSize(1456)).toEqual(wide);
    expect(pageSize(5000)).toEqual(wide);
  });

  it("leaves each chart room for what its card has beside it, two in a row as long as both can be read", () => {
    const sizes = [1091, 1041, 806, 700].map(pageSize);
    expect(sizes.map(({ row }) => row)).toEqual([930, 930, 766, 660]);
    expect(sizes.map(({ half }) => half.width)).toEqual([417, 406, 288, 417]);
    expect(sizes.map(({ card }) => card.width)).toEqual([262, 262, 262, 262]);
  });

  it("is never too small to be read, however narrow the page", () => {
    for (const width of [0, 100, 300])
      expect(pageSize(width)).toMatchObject({ card: { width: 240 }, half: { width: 240 } });
    expect(pageSize(300).row).toBe(260);
    expect(pageSize(0).row).toBe(240);
  });
});
