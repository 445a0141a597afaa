// npm run test:gpu: the tests that need a GPU. Where none answers they are skipped, and said so.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runOrExplain } from "./setup/runOrExplain.mjs";
import { setup } from "./setup/setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

await runOrExplain(async () => {
  await setup({ root });
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--project", "unit", join("tests", "gpu"), ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
});
