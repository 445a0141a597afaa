// npm run test:nodes: the kernel's smoke test under every supported Node, with the binaries of npm's `node` package.
// A Node that cannot be fetched is skipped, and said so.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closingLine } from "./setup/countTests.mjs";
import { npmCommand } from "./setup/npmPackages.mjs";
import { pythonOf } from "./setup/pythonPackages.mjs";
import { runOrExplain } from "./setup/runOrExplain.mjs";
import { setup } from "./setup/setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const versions = ["20.20.2", "22.23.3", "24.21.0", "26.10.0"];

/**
 * The path of a Node of that version, fetched if need be; undefined if it cannot be.
 * @param {string} version
 */
function fetchNode(version) {
  const folder = join(root, ".cache", "nodes", version);
  const name = `node-${process.platform}-${process.arch}`;
  const node = join(folder, "node_modules", name, "bin", "node");
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}\n");
  const [command, ...first] = npmCommand();
  const args = [
    "install",
    "--prefix",
    folder,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    `${name}@${version}`,
  ];
  spawnSync(command, [...first, ...args], { stdio: "ignore" });
  return existsSync(node) ? node : undefined;
}

/**
 * What went wrong with the kernel on that Node; the empty text when nothing did.
 * @param {string} node
 * @param {string} version
 */
async function smoke(node, version) {
  const { installKernelSpec } = await import("../dist/kernel-ext/kernelspec/installKernelSpec.js");
  const prefix = mkdtempSync(join(tmpdir(), "tunelab-node-"));
  try {
    installKernelSpec({ prefix, node });
    const { status, stdout, stderr } = spawnSync(
      pythonOf(join(root, ".venv")),
      [join(root, "tests", "e2e", "smoke_kernel.py"), version],
      {
        cwd: prefix,
        encoding: "utf8",
        timeout: 300_000,
        env: { ...process.env, JUPYTER_PATH: join(prefix, "share", "jupyter") },
      },
    );
    return status === 0 ? "" : `${stdout}${stderr}`.trim() || `ended with ${status}`;
  } finally {
    rmSync(prefix, { recursive: true, force: true });
  }
}

await runOrExplain(async () => {
  await setup({ root });
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const version of versions) {
    const start = Date.now();
    const node = fetchNode(version);
    if (!node) {
      count.skipped++;
      console.log(`SKIPPED  Node ${version}: its binary could not be fetched from the npm registry`);
      continue;
    }
    const wrong = await smoke(node, version);
    if (wrong) count.failed++;
    else count.passed++;
    console.log(
      `${wrong ? "FAILED " : "ok     "}  Node ${version}  ${((Date.now() - start) / 1000).toFixed(1)} s`,
    );
    if (wrong) console.log(wrong.replace(/^/gm, "         "));
  }
  console.log(closingLine([count]));
  if (count.failed > 0) process.exitCode = 1;
});
