/**
 * The seam between work that is done many times in one process, such as a sweep's trials, and whoever holds memory on
 * its behalf: what such work forgets to free is given back between two times.
 */

export interface Collector {
  /** Some work begins. */
  begin(): void;
  /** It has ended. What can still be reached must live on. */
  end(): Promise<void>;
}

const collectors: Collector[] = [];

/** For the lifetime of the process. */
export function addCollector(collector: Collector): void {
  collectors.push(collector);
}

/** Runs `work`, then lets go of what it left behind. Several may overlap. */
export async function withoutLeftovers<T>(work: () => Promise<T>): Promise<T> {
  const asked = [...collectors];
  for (const collector of asked) collector.begin();
  try {
    return await work();
  } finally {
    for (const collector of asked) await collector.end();
  }
}
