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

/**
 * Sets up and runs the tests; false when the set-up stopped, which has been explained then.
 * @param {readonly string[]} args for vitest
 * @returns {Promise<boolean>}
 */
export async function runTests(args) {
  let ran = false;
  await runOrExplain(async () => {
    await setup({ root, tests: true });
    const counts = projects.map((project) => runProject(project, args));
    console.log(closingLine(counts));
    if (counts.some(({ failed }) => failed > 0)) process.exitCode = 1;
    ran = true;
  });
  return ran;
}

/**
 * @param {string} project
 * @param {readonly string[]} args
 */
function runProject(project, args) {
  const report = join(root, ".cache", "test", `${project}.json`);
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const started = Date.now();
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--project", project, "--passWithNoTests", ...reporters, ...args],
    { cwd: root, stdio: "inherit" },
  );
  return countTests({ report, started, status });
}
