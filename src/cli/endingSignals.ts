/** Signals that ask this process to end while another one works for it. */

const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

type EndingSignal = (typeof names)[number];

/**
 * Runs `work`, and tells it of each signal instead of ending at once. If it fails after one, this process ends by that signal as
 * it would have, with all tidied up.
 */
export async function withEndingSignals<T>(
  tell: (signal: EndingSignal) => void,
  work: () => Promise<T>,
): Promise<T> {
  let caught: EndingSignal | undefined;
  const hear = (name: EndingSignal) => {
    caught = name;
    tell(name);
  };
  for (const name of names) process.on(name, hear);
  try {
    return await work();
  } catch (error) {
    if (caught !== undefined) {
      for (const name of names) process.off(name, hear);
      process.kill(process.pid, caught);
    }
    throw error;
  } finally {
    for (const name of names) process.off(name, hear);
  }
}
