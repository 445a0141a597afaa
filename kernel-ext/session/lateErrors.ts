/** Errors that no cell waits for: the first are told in full, the rest of a flood is counted. */

/** So many are told in full in a period, of each cell. */
const told = 20;
/** Milliseconds. */
const period = 1000;

interface Flood {
  /** In this period. */
  count: number;
}

/**
 * Invariant: what is not told in full is counted, and the count is told when the period ends. Formatting an error costs
 * 0.2 ms: in a flood of 100,000 the session would be deaf for 20 s.
 */
export class LateErrors {
  private readonly floods = new Map<number, Flood>();
  private timer: NodeJS.Timeout | undefined;
  /** The cell below which an error was told last. */
  private readonly cells = new WeakMap<object, number>();

  /**
   * @param write sends text on, below `cell`.
   * @param later Default: Node's own timer, whatever a cell made of the global one.
   */
  constructor(
    private readonly write: (cell: number, text: string) => void,
    private readonly later: (work: () => void, milliseconds: number) => NodeJS.Timeout = setTimeout,
  ) {}

  /** Whether `error` was not told below `cell` already; from now on it was. A thrown text or number always counts as new. */
  isFirst(error: unknown, cell: number): boolean {
    if ((typeof error !== "object" || error === null) && typeof error !== "function") return true;
    if (this.cells.get(error) === cell) return false;
    this.cells.set(error, cell);
    return true;
  }

  /** @param text is asked for only when it is told. */
  tell(cell: number, text: () => string): void {
    const flood = this.floods.get(cell) ?? { count: 0 };
    this.floods.set(cell, flood);
    flood.count++;
    this.timer ??= this.later(() => this.flush(), period);
    if (flood.count <= told) this.write(cell, `${text()}\n`);
  }

  /** Ends the period: tells how many were not told. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = undefined;
    for (const [cell, { count }] of this.floods) {
      if (count > told) this.write(cell, `… and ${count - told} more errors that nothing waited for\n`);
    }
    this.floods.clear();
  }
}
