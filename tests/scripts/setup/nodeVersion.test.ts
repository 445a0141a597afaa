import { expect, test } from "vitest";
import { refuseNode } from "../../../scripts/setup/nodeVersion.mjs";

test.each(["20.19.0", "20.20.2", "22.12.0", "22.23.3", "24.0.0", "26.10.1"])("takes Node %s", (version) => {
  expect(refuseNode(version)).toBeUndefined();
});

test.each(["12.22.0", "18.20.4", "20.18.3", "21.7.0", "22.11.0", "23.1.0", "25.0.0", "27.0.0"])(
  "refuses Node %s in one sentence that names it",
  (version) => {
    expect(refuseNode(version)).toBe(`tunelab needs Node 20.19+, 22.12+, 24 or 26; this is Node ${version}.`);
  },
);
