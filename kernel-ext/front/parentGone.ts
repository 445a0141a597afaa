/** An orphaned kernel: the Jupyter that started it was killed, and nobody is left to shut it down. */

/** Milliseconds between two looks. */
const interval = 1_000;

/**
 * Resolves when the process that started this one is gone. Jupyter asks for that by naming itself in JPY_PARENT_PID; a
 * kernel that is to be independent of it has no such variable, and the promise stays open.
 *
 * @param parent `process.ppid` as this process began: it may have been orphaned since.
 */
export function parentGone(parent: number, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  return new Promise((resolve) => {
    if (!env.JPY_PARENT_PID) return;
    // An orphan gets another parent: Linux and macOS both change its ppid.
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, interval);
    timer.unref();
  });
}
