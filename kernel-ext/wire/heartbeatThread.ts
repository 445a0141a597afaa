/** Answers heartbeats, on a thread of its own: whatever the kernel computes, clients see that it lives. */
import { parentPort, workerData } from "node:worker_threads";
import { Reply } from "zeromq";

const socket = new Reply({ linger: 0 });
await socket.bind((workerData as { address: string }).address);
parentPort?.on("message", () => {
  socket.close();
  parentPort?.close();
});
parentPort?.postMessage("bound");
for await (const frames of socket) await socket.send(frames);
