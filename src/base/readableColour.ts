/** A colour of text that can be read on light and on dark ground. */

/** The share of the hue; the rest is the colour the text around it has. */
const share = 60;

/**
 * CSS of the hue mixed with the page's own colour of text, so that it follows the page's theme: no single colour has a
 * contrast of 4.5 : 1 on both a white and a nearly black ground. A client that cannot mix shows the hue itself.
 *
 * @param hue a hexadecimal colour that stands out on white.
 * @example readableColour("#15803d") // "color:#15803d;color:color-mix(in srgb,#15803d 60%,currentcolor)"
 */
export function readableColour(hue: string): string {
  return `color:${hue};color:color-mix(in srgb,${hue} ${share}%,currentcolor)`;
}
