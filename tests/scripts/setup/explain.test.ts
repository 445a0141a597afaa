import { expect, test } from "vitest";
import { explain } from "../../../scripts/setup/explain.mjs";

test.each([
  ["npm error code ECONNREFUSED\nnpm error connect ECONNREFUSED 127.0.0.1:9", "could not be reached"],
  ["npm error code ENOTFOUND", "could not be reached"],
  [
    "WARNING: Retrying after connection broken by 'NewConnectionError(...)': /simple/numpy/\nERROR: No matching distribution found for numpy",
    "could not be reached",
  ],
  ["OSError: [Errno 28] No space left on device", "the disk is full"],
  ["npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write", "the disk is full"],
  [
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    "differs from the one that was locked",
  ],
  ["npm error code EACCES", "may not be written"],
])("%j means: %s", (said, meaning) => {
  const sentence = explain("Packages could not be installed", said);
  expect(sentence).toMatch(/^Packages could not be installed: /);
  expect(sentence).toContain(meaning);
});

test("what is not known is told in the program's own words, without its noise", () => {
  const said =
    "npm error code EUSAGE\nnpm error\nnpm error Missing: left-pad@1 from lock file\nnpm error A complete log of this run can be found in: x";
  expect(explain("No", said)).toBe("No: Missing: left-pad@1 from lock file");
});
