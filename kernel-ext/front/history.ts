/** The cells this kernel executed, for `history_request` and `%history`. */

export interface HistoryCell {
  readonly number: number;
  readonly source: string;
  /** Text of the result, where there was one. */
  output?: string;
}

type Tuple = readonly [session: number, line: number, input: string | readonly [string, string | null]];

export class History {
  private readonly cells: HistoryCell[] = [];

  add(number: number, source: string): void {
    this.cells.push({ number, source });
  }

  setOutput(number: number, output: string): void {
    const cell = this.cells.findLast((one) => one.number === number);
    if (cell) cell.output = output;
  }

  last(count = this.cells.length): readonly HistoryCell[] {
    return count <= 0 ? [] : this.cells.slice(-count);
  }

  /** Answers a `history_request`: `tail`, `range` or `search` over this session. */
  answer(content: Readonly<Record<string, unknown>>): Tuple[] {
    const withOutput = content.output === true;
    return this.select(content).map((cell) => [
      0,
      cell.number,
      withOutput ? [cell.source, cell.output ?? null] : cell.source,
    ]);
  }

  private select(content: Readonly<Record<string, unknown>>): readonly HistoryCell[] {
    const count = typeof content.n === "number" ? content.n : undefined;
    switch (content.hist_access_type) {
      case "tail":
        return this.last(count);
      case "range":
        return this.range(Number(content.start ?? 1), content.stop);
      case "search":
        return this.search(String(content.pattern ?? "*"), count, content.unique === true);
      default:
        return [];
    }
  }

  private range(start: number, stop: unknown): readonly HistoryCell[] {
    const end = typeof stop === "number" ? stop : Number.POSITIVE_INFINITY;
    return this.cells.filter((cell) => cell.number >= start && cell.number < end);
  }

  /** `*` and `?` as in file names; the whole cell must fit. */
  private search(pattern: string, count: number | undefined, unique: boolean): readonly HistoryCell[] {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, "[^]*")
      .replace(/\?/g, "[^]");
    const expression = new RegExp(`^${source}$`);
    let found = this.cells.filter((cell) => expression.test(cell.source));
    if (unique) found = [...new Map(found.map((cell) => [cell.source, cell])).values()];
    return count === undefined ? found : found.slice(-count);
  }
}
