/** The kernel's entry: `node main.js CONNECTION_FILE`. */
import { SessionProcess } from "./sessionProcess.js";

const file = process.argv[2];
if (!file) {
  process.stderr.write("usage: node main.js CONNECTION_FILE (Jupyter starts kernels; see `tunelab lab`)\n");
  process.exit(2);
}

const log = (text: string) => process.stderr.write(`[tunelab] ${text}\n`);
// Three processes start at once: the session, then the type checker, while this one reads the rest of its own code.
const session = new SessionProcess();
const { LanguageDesk } = await import("./languageDesk.js");
const desk = new LanguageDesk(process.cwd(), log);
const [{ readConnection }, { Kernel }] = await Promise.all([
  import("../wire/connection.js"),
  import("./kernel.js"),
]);
const kernel = new Kernel(readConnection(file), desk, session, log);

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
