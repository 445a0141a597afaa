/**
 * The seam between the library and whatever runs it: a notebook's session, a terminal, a sweep's worker.
 *
 * Invariant: exactly one host is installed at any time; until `installHost` is called it is the terminal's.
 * Duty of the library: poll `host().signal()` in every loop that may last longer than 50 ms.
 */

/** MIME type → content, as Jupyter's `display_data` carries it. Binary content is base64. */
export type MimeBundle = Record<string, unknown>;

/** Something shown that can be shown anew in the same place. */
export interface Shown {
  /**
   * Replaces what is shown. Cheap to call; the host limits the rate.
   *
   * @param options `final`: nothing follows, so there is nothing to wait for.
   */
  update(bundle: MimeBundle, options?: { readonly final?: boolean }): void;
}

export interface Host {
  readonly kind: "notebook" | "terminal" | "worker";
  /** Shows a bundle now. The last `update` of a handle is always delivered. */
  display(bundle: MimeBundle): Shown;
  /** Aborted when the person interrupts what runs now. A new signal for each cell. */
  signal(): AbortSignal;
  /** The source of what runs now, for the run's record: cells in the order they ran, or files. */
  sources(): SourceText[];
  /** The sweep's trial that runs now: a run that is not told of it takes its name, group and parameters. */
  trial?(): RunningTrial | undefined;
  /** A place in the code that runs, such as `cell-3.ts:4:7`, as the person wrote it: what runs may be compiled. */
  written?(place: string): string;
  /** The cell that runs now ends when this has settled, and not before. What it fails with is not told. */
  hold?(work: Promise<unknown>): void;
  /** Told when a training begins: a sweep's workers do not repeat the cell it stands in without asking. */
  trained?(): void;
  /** Told what concerns the whole process, and was printed: a sweep's worker prints where nobody looks. */
  warned?(sentence: string): void;
  /** Told the names of the runs that this process has open, whenever they change: should it die, they are cut short. */
  runsOpen?(names: readonly string[]): void;
}

export interface RunningTrial {
  /** What its run is called: the sweep's name and its number. */
  readonly name: string;
  /** The sweep's name. */
  readonly group: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface SourceText {
  /** `cell-3.ts` or a path. */
  readonly name: string;
  readonly text: string;
}

/** A process that may load the library later leaves its host beforehand under this key of the global object. */
export const hostKey: unique symbol = Symbol.for("tunelab.host") as never;

let current: Host | undefined = (globalThis as { [hostKey]?: Host })[hostKey];

/** Whether some host is there already. */
export function hostInstalled(): boolean {
  return current !== undefined;
}

/** The installed host. Throws a `ReferenceError` if none was installed (the index installs the terminal's). */
export function host(): Host {
  if (!current) throw new ReferenceError("no host is installed: call installHost first");
  return current;
}

/** Makes `next` the host and returns the one before. */
export function installHost(next: Host): Host | undefined {
  const before = current;
  current = next;
  return before;
}
