// npm start: set everything up, run the first notebook, tell what came out.
// Until the Node version is known to be fine, only syntax and modules that every Node has.
import process from "node:process";

import("./setup/nodeVersion.mjs")
  .then((gate) => {
    const refused = gate.refuseNode(process.versions.node);
    if (!refused) return import("./setup/startMain.mjs");
    console.error(refused);
    process.exitCode = 1;
  })
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
