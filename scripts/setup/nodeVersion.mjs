// Which Node runs tunelab. Written so that even an old Node reads it and can say why it is refused.

/** The release lines that are tested, with the first minor release of each that has what is needed. */
export const nodeLines = [
  { major: 20, minor: 19 },
  { major: 22, minor: 12 },
  { major: 24, minor: 0 },
  { major: 26, minor: 0 },
];

/**
 * One sentence that says why this Node is refused, or undefined when it is fine.
 * @param {string} version such as "20.19.1"
 * @returns {string | undefined}
 */
export function refuseNode(version) {
  const numbers = version.split(".").map(Number);
  for (let i = 0; i < nodeLines.length; i++) {
    if (numbers[0] === nodeLines[i].major && numbers[1] >= nodeLines[i].minor) return undefined;
  }
  return `tunelab needs Node 20.19+, 22.12+, 24 or 26; this is Node ${version}.`;
}
