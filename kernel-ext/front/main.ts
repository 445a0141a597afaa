/** The kernel's entry: `node main.js CONNECTION_FILE`. */
import { startServerProcess } from "../language/serverProcess.js";
import { readConnection } from "../wire/connection.js";
import { Reception } from "./reception.js";
import { SessionProcess } from "./sessionProcess.js";

// At once: a Jupyter that ends while this process starts leaves it to another parent.
const parent = process.ppid;
const file = process.argv[2];
if (!file) {
  process.stderr.write("usage: node main.js CONNECTION_FILE (Jupyter starts kernels; see `tunelab lab`)\n");
  process.exit(2);
}

try {
  await serve(file);
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`[tunelab] the kernel of ${file} could not start: ${why}\n`);
  process.exit(1);
}
process.exit(0);

async function serve(connectionFile: string): Promise<void> {
  // Clients are let in first; then the session and the type checker start while this process reads the rest of its code.
  const connection = readConnection(connectionFile);
  const reception = new Reception(connection);
  const bound = reception.listen();
  if (connection.transport === "ipc") await bound;
  const session = new SessionProcess();
  const checker = startServerProcess();
  const [{ serveKernel }] = await Promise.all([import("./serveKernel.js"), bound]);
  await serveKernel(reception, { parent, checker, session });
}
