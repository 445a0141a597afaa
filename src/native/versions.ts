/** Which TensorFlows the binding is written for. `npm run test:libs` tries each of them. */

/** The first and the last minor version of TensorFlow 2 that the tests were run on. */
export const triedMinors = { first: 16, last: 21 } as const;

/**
 * Why a TensorFlow of this version is refused; undefined where it is not. Newer ones than were tried are taken: what
 * they lack of the C API is found when it is bound.
 *
 * @param version as TF_Version says it, such as `2.21.0`
 */
export function refuseVersion(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  if (major === 2 && minor >= triedMinors.first) return undefined;
  return `tunelab needs TensorFlow 2.${triedMinors.first} to 2.${triedMinors.last}, but this is ${version}`;
}

/** Whether this version is newer than any that was tried. */
export function isUntried(version: string): boolean {
  return Number.parseInt(version.split(".")[1] ?? "0", 10) > triedMinors.last;
}
