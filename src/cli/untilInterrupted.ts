/** Waits for the person to end a program that goes on by itself. */

/**
 * Resolves at the first interrupt or request to end; keeps the process alive until then.
 *
 * @param over ends the waiting too, and what it resolves to is given.
 */
export function untilInterrupted<T>(over: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const alive = setInterval(() => {}, 2 ** 30);
    const rest = () => {
      clearInterval(alive);
      process.removeListener("SIGINT", interrupted);
      process.removeListener("SIGTERM", interrupted);
    };
    const interrupted = () => {
      rest();
      resolve(undefined);
    };
    process.on("SIGINT", interrupted);
    process.on("SIGTERM", interrupted);
    over.finally(rest).then(resolve, reject);
  });
}
