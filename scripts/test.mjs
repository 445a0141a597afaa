// npm test: the set-up, then every test. `npm test -- ARGS…` passes ARGS to vitest and runs what they name.
// The last line is `N passed, N failed`, also where none could run.
import process from "node:process";

run().catch((error) => {
  console.error(error);
  noneRan();
});

async function run() {
  const { refuseNode } = await import("./setup/nodeVersion.mjs");
  const refused = refuseNode(process.versions.node);
  if (refused) {
    console.error(refused);
    noneRan();
    return;
  }
  const { runTests } = await import("./setup/testMain.mjs");
  if (!(await runTests(process.argv.slice(2)))) noneRan();
}

function noneRan() {
  process.exitCode = 1;
  console.log("0 passed, 1 failed");
}
