// What npm start does once Node is fine.
import { fileURLToPath } from "node:url";
import { runOrExplain } from "./runOrExplain.mjs";
import { setup } from "./setup.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

await runOrExplain(async () => {
  const start = Date.now();
  const ran = await setup({ root });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(ran.length > 0 ? `Set-up done in ${seconds} s.` : `Everything is set up (${seconds} s).`);
  const { quickstart } = await import("../../dist/src/cli/quickstart.js");
  process.exitCode = await quickstart();
});
