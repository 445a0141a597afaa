/** A worker's connection to the process that started it. */
import type { Channel, WorkerCommand, WorkerEvent } from "../messages.js";

/**
 * @throws TypeError when this process was not started with a connection.
 */
export function parentChannel(): Channel<WorkerEvent, WorkerCommand> {
  if (!process.send) throw new TypeError("a worker needs a connection to its sweep: let a sweep start it");
  return {
    send(message) {
      // When the sweep is gone, `disconnect` ends this process: nobody is left to be told.
      if (process.connected) process.send?.(message, undefined, undefined, () => {});
    },
    onMessage: (listener) => void process.on("message", (message) => listener(message as WorkerCommand)),
    onClose: (listener) => void process.on("disconnect", listener),
  };
}
