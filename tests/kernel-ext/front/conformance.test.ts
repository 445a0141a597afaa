import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { installKernelSpec } from "../../../kernel-ext/kernelspec/installKernelSpec.js";

const python = join(import.meta.dirname, "../../../.venv-test/bin/python");
const there = existsSync(python) && spawnSync(python, ["-c", "import jupyter_kernel_test"]).status === 0;
if (!there)
  console.warn(
    "Skipped: jupyter_kernel_test is not in .venv-test (npm test installs it); CI would fail here.",
  );

let prefix: string;
beforeAll(() => {
  prefix = mkdtempSync(join(tmpdir(), "tunelab-conformance-"));
  installKernelSpec({ prefix });
});
afterAll(() => rmSync(prefix, { recursive: true, force: true }));

it.skipIf(!there && !process.env.CI).each([
  ["jupyter_kernel_test whole", "conformance.py", 13],
  ["what it leaves out, through jupyter_client", "protocol.py", 15],
])("passes %s", (_what, script, count) => {
  const { stderr, status } = spawnSync(python, [join(import.meta.dirname, script)], {
    cwd: prefix,
    encoding: "utf8",
    env: {
      ...process.env,
      JUPYTER_PATH: join(prefix, "share", "jupyter"),
      TUNELAB_HISTORY: join(prefix, script, "history"),
    },
  });
  expect(stderr).toContain(`Ran ${count} tests`);
  expect(stderr).not.toMatch(/skipped|FAIL|ERROR/);
  expect(status).toBe(0);
});
