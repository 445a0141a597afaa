import { expect, test } from "vitest";
import { readableColour } from "../../../src/base/readableColour.js";

// That it can be read is seen in a browser: tests/e2e/contrast.test.ts.
test("is the hue for clients that cannot mix, then the hue mixed with the text's colour", () => {
  expect(readableColour("#15803d").split(";")).toEqual([
    "color:#15803d",
    "color:color-mix(in srgb,#15803d 60%,currentcolor)",
  ]);
});
