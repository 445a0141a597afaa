/** One signal for several. */

export interface EitherSignal {
  /** Aborted with the first of them, with its reason. */
  readonly signal: AbortSignal;
  /** Listens to them no more. */
  release(): void;
}

/**
 * As `AbortSignal.any`, whose signal listens to its sources unseen: a cell's signal gives time to end to those that are seen to
 * listen.
 *
 * @example const { signal, release } = eitherSignal([host().signal(), other]);
 */
export function eitherSignal(sources: readonly AbortSignal[]): EitherSignal {
  const controller = new AbortController();
  const passOn = (): void => controller.abort(sources.find((source) => source.aborted)?.reason);
  for (const source of sources) source.addEventListener("abort", passOn, { once: true });
  if (sources.some((source) => source.aborted)) passOn();
  return {
    signal: controller.signal,
    release() {
      for (const source of sources) source.removeEventListener("abort", passOn);
    },
  };
}
