/** What a magic's `run` gets: the notebook as seen from the session. */
import type { CellMagicCall, CellRecord, CompiledCell } from "./compiledCell.js";
import type { FrontRequests, MimeData } from "./protocol.js";

/** A display that can be shown anew in its place. The last update is always delivered. */
export interface ShownDisplay {
  readonly id: string;
  update(data: MimeData, metadata?: MimeData): void;
}

export interface MagicContext {
  /** The cell that called the magic. */
  readonly cell: number;
  /** Shows a bundle now, in the cell's output. */
  display(data: MimeData, metadata?: MimeData): ShownDisplay;
  /** To the cell's stdout and stderr; no newline is added. */
  print(text: string): void;
  printError(text: string): void;
  /** Clears the cell's output; with `wait`, when the next output comes. */
  clearOutput(wait?: boolean): void;
  /** Shows text in the client's pager (or as output where there is none). */
  page(data: MimeData): void;
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal;
  /** The cells run so far in this session, oldest first, this one excluded. */
  readonly cells: readonly CellRecord[];
  /** The cell that called the magic, compiled. Undefined after it has ended. */
  readonly running?: CompiledCell | undefined;
  /** Set for `%%name`: the call with its body. */
  readonly call?: CellMagicCall;
  /**
   * For a `%%name` cell whose body is TypeScript: runs the body (top-level names stay, as in a cell) and resolves to
   * the value of its last expression, which is then not shown unless you show it. Rejects with what the body threw.
   * May be called once.
   */
  runBody(): Promise<unknown>;
  /** While `work` runs, stdout, stderr and displays go to the result instead of the notebook. */
  capture<T>(work: () => Promise<T>): Promise<Captured<T>>;
  /** The value of a top-level name of the notebook. Throws a ReferenceError if there is none. */
  value(name: string): Promise<unknown>;
  /** Declares (or sets) a top-level name of the notebook. */
  assign(name: string, value: unknown): Promise<void>;
  /** Top-level names declared by cells (let, const, class, import), sorted. */
  names(): Promise<string[]>;
  /** Shows a value as a cell's last expression is shown. */
  show(value: unknown): Promise<void>;
  /** The library, loaded on first use with this notebook as its host. */
  library(): Promise<typeof import("../../src/index.js")>;
  /** Asks the front. */
  request<M extends keyof FrontRequests>(
    method: M,
    params: FrontRequests[M]["params"],
  ): Promise<FrontRequests[M]["answer"]>;
  /** Asks the person for a line of text; rejects where the client allows no input. */
  input(prompt: string, options?: { password?: boolean }): Promise<string>;
  /** The notebook's folder: where files are written and commands run. Throws while the system cannot tell it. */
  readonly folder: string;
  /** The last one that could be told: to name it, and to go elsewhere from it. */
  readonly lastFolder: string;
}

export interface Captured<T> {
  readonly value: T;
  readonly stdout: string;
  readonly stderr: string;
  readonly displays: readonly MimeData[];
}
