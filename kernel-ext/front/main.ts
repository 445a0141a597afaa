/** The kernel's entry: `node main.js CONNECTION_FILE`. */
import { readConnection } from "../wire/connection.js";
import { Kernel } from "./kernel.js";
import { LanguageDesk } from "./languageDesk.js";

const file = process.argv[2];
if (!file) {
  process.stderr.write("usage: node main.js CONNECTION_FILE (Jupyter starts kernels; see `tunelab lab`)\n");
  process.exit(2);
}

const log = (text: string) => process.stderr.write(`[tunelab] ${text}\n`);
const kernel = new Kernel(readConnection(file), new LanguageDesk(process.cwd(), log), log);

process.on("SIGINT", () => kernel.interrupt());
process.on("SIGTERM", () => void stop());
process.on("uncaughtException", (error) =>
  log(`the kernel failed and goes on: ${error.stack ?? error.message}`),
);
process.on("unhandledRejection", (error) => log(`the kernel failed and goes on: ${String(error)}`));

await kernel.start();
await kernel.shutdown;
await stop();

async function stop(): Promise<void> {
  await kernel.stop();
  process.exit(0);
}
