#!/usr/bin/env node
// The command line. `setup` works on a fresh clone; every other verb needs what set-up made.
import { existsSync } from "node:fs";
import process from "node:process";
import { refuseNode } from "../scripts/setup/nodeVersion.mjs";

// Whoever reads may stop reading, as head does: that is no error, and nobody is left to tell.
process.stdout.on("error", (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code === "EPIPE") process.exit();
  console.error(`What tunelab prints cannot be written: ${error.message}`);
  process.exit(1);
});

const refused = refuseNode(process.versions.node);
const main = new URL("../dist/src/cli/main.js", import.meta.url);
const argv = process.argv.slice(2);

if (refused) {
  console.error(refused);
  process.exitCode = 1;
} else if (existsSync(main)) {
  process.exitCode = await (await import(main.href)).main(argv);
} else if (argv[0] === "setup") {
  const { runOrExplain } = await import("../scripts/setup/runOrExplain.mjs");
  const { setupVerb } = await import("../scripts/setup/setupVerb.mjs");
  const has = (/** @type {string} */ flag) => argv.includes(flag);
  await runOrExplain(async () => {
    process.exitCode = await setupVerb({ check: has("--check"), tests: has("--tests"), json: has("--json") });
  });
} else {
  console.error("tunelab is not set up here; run npm start or tunelab setup.");
  process.exitCode = 1;
}
