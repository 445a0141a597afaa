// A thread that does with each chart what the chart's text says, for the test of who asks it.
import { parentPort } from "node:worker_threads";

parentPort?.on("message", ({ json, port, state }) => {
  if (json === "throw") throw new Error("broken");
  if (json === "exit") process.exit(0);
  while (json === "for ever");
  port.postMessage({ svg: json });
  port.close();
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
});
