/**
 * Text from elsewhere as a terminal may show it: with control characters in it, a name could move the cursor, colour what
 * follows or write to the clipboard.
 */

/** C0, DEL and C1 of ISO/IEC 6429. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
const controls = /[\u0000-\u001f\u007f-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
const controlsInLines = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** One line: each control character is shown as `·`, line breaks and tabs too. */
export function visibleControls(text: string): string {
  return text.replace(controls, "·");
}

/** As `visibleControls`, of several lines: line feeds and tabs stay, carriage returns at their ends are dropped. */
export function visibleControlsInLines(text: string): string {
  return text.replace(/\r(?=\n|$)/g, "").replace(controlsInLines, "·");
}
