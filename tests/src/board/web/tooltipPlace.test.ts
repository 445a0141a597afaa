import { describe, expect, it } from "vitest";
import { type TooltipSurroundings, tooltipPlace } from "../../../../src/board/web/tooltipPlace.js";

/** An enlarged chart in a window of 1366 × 700. */
const enlarged: TooltipSurroundings = {
  card: { left: 270, top: 120, width: 1060, height: 510 },
  pointer: { left: 400, top: 300 },
  wide: { width: 1060, height: 150 },
  narrow: { width: 420, height: 150 },
  below: 504,
  window: { width: 1366, height: 700 },
  covered: 60,
};
const small: TooltipSurroundings = {
  ...enlarged,
  card: { left: 270, top: 120, width: 340, height: 270 },
  wide: { width: 400, height: 150 },
  below: 264,
};

/** Of the window. */
function boxOf(given: TooltipSurroundings) {
  const { left, top, isNarrow } = tooltipPlace(given);
  const { width, height } = isNarrow ? given.narrow : given.wide;
  const [x, y] = [given.card.left + left, given.card.top + top];
  return { x, y, right: x + width, bottom: y + height };
}

describe("tooltipPlace", () => {
  it("is below the chart where there is room, above the card where there is more", () => {
    expect(tooltipPlace(small)).toEqual({ left: 0, top: 264, isNarrow: false });
    const low = { ...small, card: { ...small.card, top: 420 } };
    expect(boxOf(low).bottom).toBe(412);
  });

  it("is beside the pointer, on the side with more room, where the chart fills the window", () => {
    expect(boxOf(enlarged)).toMatchObject({ x: 418, y: 225 });
    const right = { ...enlarged, pointer: { left: 1200, top: 300 } };
    expect(boxOf(right)).toMatchObject({ right: 1182 });
  });

  it("stays within the window and below the page's head, whatever the chart and the pointer", () => {
    for (const width of [320, 800, 1366])
      for (const top of [-400, -100, 61, 300, 650])
        for (const pointer of [0, 0.3, 0.5, 0.99])
          for (const height of [40, 300, 600]) {
            const size = { width: Math.min(300, width - 16), height };
            const given: TooltipSurroundings = {
              card: { left: width / 5, top, width: width * 0.79, height: 510 },
              pointer: { left: width * (0.2 + 0.79 * pointer), top: Math.max(70, top + 400 * pointer) },
              wide: size,
              narrow: size,
              below: 504,
              window: { width, height: 700 },
              covered: 60,
            };
            const { x, y, right, bottom } = boxOf(given);
            expect(x).toBeGreaterThanOrEqual(0);
            expect(right).toBeLessThanOrEqual(width);
            expect(y).toBeGreaterThanOrEqual(60);
            expect(bottom).toBeLessThanOrEqual(700);
          }
  });
});
