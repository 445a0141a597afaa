// npm test: the set-up, then every test. `npm test -- ARGS…` passes ARGS to vitest and runs what they name.
import process from "node:process";

import("./setup/nodeVersion.mjs")
  .then((gate) => {
    const refused = gate.refuseNode(process.versions.node);
    if (!refused) return import("./setup/testMain.mjs");
    console.error(refused);
    process.exitCode = 1;
  })
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
