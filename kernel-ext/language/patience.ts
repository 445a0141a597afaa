/** How long an answer of the language server is waited for. */
import { LateAnswer } from "./serverProcess.js";

/** Of so many times the limit is waited for a server that did not get a processor, or sleeps. */
const atMost = 6;

export interface Patience {
  readonly method: string;
  /** Milliseconds that the server may work on the answer. */
  readonly limit: number;
  /** Processor time of the server so far, in milliseconds; undefined where it is not known. */
  readonly used: () => number | undefined;
}

/**
 * Rejects with a `LateAnswer` when there is none within `limit` milliseconds, of which the server also worked as many: on
 * a busy machine a server that is starting is not to blame. Not later than at six times the limit.
 */
export async function inTime<T>(answer: Promise<T>, { method, limit, used }: Patience): Promise<T> {
  const begin = performance.now();
  const before = used();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const look = () => {
      const now = used();
      const worked = now === undefined || before === undefined ? limit : now - before;
      if (worked >= limit || performance.now() - begin >= atMost * limit)
        reject(new LateAnswer(method, limit));
      else timer = setTimeout(look, Math.max(limit - worked, limit / 10));
    };
    timer = setTimeout(look, limit);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects with the signal's reason as soon as it is aborted. */
export async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await answer;
  // Nobody hears how it ends.
  if (signal.aborted) answer.catch(() => {});
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}
