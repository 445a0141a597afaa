/** Text without terminal colours, and with lines that were overwritten by `\r` as they last stood. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character.
  const plain = text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "");
  return plain
    .split("\n")
    .map((line) => line.replace(/\r$/, "").split("\r").at(-1) ?? "")
    .join("\n");
}
