/** The gate is part of the tests: `npm run check`, without the build that the set-up has just made. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../src/cli/checkout.js";

test.each(["types", "lint", "cycles", "layers", "dead", "snippets"])("npm run check: %s", (part) => {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts", "check.mjs"), part], {
    cwd: root,
    encoding: "utf8",
  });
  const said = stdout + stderr;
  expect(said).toMatch(/^ok {4}/);
  expect(said).not.toContain("FAIL");
});
