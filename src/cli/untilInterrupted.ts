/** Waits for the person to end a program that goes on by itself. */

/** Resolves at the first interrupt or request to end; keeps the process alive until then. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => {}, 2 ** 30);
    const end = () => {
      clearInterval(alive);
      process.removeListener("SIGINT", end);
      process.removeListener("SIGTERM", end);
      resolve();
    };
    process.on("SIGINT", end);
    process.on("SIGTERM", end);
  });
}
