/** The kernel's entry: `node main.js CONNECTION_FILE`. */
import { startServerProcess } from "../language/serverProcess.js";
import { readConnection } from "../wire/connection.js";
import { Reception } from "./reception.js";
import { SessionProcess } from "./sessionProcess.js";

const file = process.argv[2];
if (!file) {
  process.stderr.write("usage: node main.js CONNECTION_FILE (Jupyter starts kernels; see `tunelab lab`)\n");
  process.exit(2);
}

// Clients are let in first; then the session and the type checker start while this process reads the rest of its code.
const connection = readConnection(file);
const reception = new Reception(connection);
const bound = reception.listen();
if (connection.transport === "ipc") await bound;
const session = new SessionProcess();
const checker = startServerProcess();
const { serveKernel } = await import("./serveKernel.js");
await bound;
await serveKernel(reception, { checker, session });
process.exit(0);
