import { expect, it } from "vitest";
import { isUntried, refuseVersion } from "../../../src/native/versions.js";

it.each([
  ["2.16.2", true],
  ["2.21.0", true],
  ["2.30.0-rc1", true],
  ["2.15.1", false],
  ["2.9.1", false],
  ["1.15.0", false],
  ["3.0.0", false],
])("TensorFlow %s is taken: %s", (version, taken) => {
  const refused = refuseVersion(version);
  if (taken) expect(refused).toBeUndefined();
  else expect(refused).toBe(`tunelab needs TensorFlow 2.16 to 2.21, but this is ${version}`);
});

it("knows what is newer than any that was tried", () => {
  expect(["2.16.0", "2.21.1", "2.22.0-rc0"].map(isUntried)).toEqual([false, false, true]);
});
