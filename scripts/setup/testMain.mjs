// What npm test does once Node is fine: the set-up with the tests' packages, each runner in turn, one closing line.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closingLine, countTests } from "./countTests.mjs";
import { runOrExplain } from "./runOrExplain.mjs";
import { setup } from "./setup.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
/** vitest's projects: units and contracts first, then what takes a whole JupyterLab. */
const projects = ["unit", "e2e"];

await runOrExplain(async () => {
  await setup({ root, tests: true });
  const counts = projects.map((project) => {
    const report = join(root, ".cache", "test", `${project}.json`);
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const started = Date.now();
    const { status } = spawnSync(
      process.execPath,
      [vitest, "run", "--project", project, "--passWithNoTests", ...reporters, ...process.argv.slice(2)],
      { cwd: root, stdio: "inherit" },
    );
    return countTests({ report, started, status });
  });
  console.log(closingLine(counts));
  if (counts.some(({ failed }) => failed > 0)) process.exitCode = 1;
});
