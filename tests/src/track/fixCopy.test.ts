import { expect, it } from "vitest";
import { fixCopyName, isFixCopy } from "../../../src/track/index.js";

it("knows a copy by the name that it was given, and only as a part of another run", () => {
  const names = [fixCopyName(1), fixCopyName(12, { isProbe: true })];
  expect(names).toEqual(["fix-1", "fix-12-probe"]);
  for (const name of names) {
    expect(isFixCopy({ name, parent: "a" })).toBe(true);
    expect(isFixCopy({ name })).toBe(false);
  }
  for (const name of ["fix-", "fix-1-probes", "bugfix-1"])
    expect(isFixCopy({ name, parent: "a" })).toBe(false);
});
