/**
 * Answers heartbeats, on a thread of its own: whatever the kernel computes, clients see that it lives.
 *
 * Its zeromq context is its own as well, since zeromq moves all messages of a context on one thread: a flood of output
 * would hold up the heartbeat.
 */
import { chmodSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { Context, Reply } from "zeromq";

/** Largest heartbeat echoed, in bytes. Jupyter's is `ping`. */
const longest = 64 * 1024;

const socket = new Reply({ context: new Context({ blocky: false }), linger: 0, maxMessageSize: longest });
const { address } = workerData as { address: string };
await socket.bind(address);
// A thread cannot set the mask that the file is made under.
if (address.startsWith("ipc://")) chmodSync(address.slice("ipc://".length), 0o600);
parentPort?.on("message", () => {
  socket.close();
  parentPort?.close();
});
parentPort?.postMessage("bound");
for await (const frames of socket) {
  try {
    await socket.send(frames);
  } catch (error) {
    // The client that asked is gone: the next one is answered. A closed socket ends the loop.
    if (!socket.closed) process.stderr.write(`[tunelab] a heartbeat was not answered: ${String(error)}\n`);
  }
}
