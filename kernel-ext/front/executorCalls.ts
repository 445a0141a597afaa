/** What the executor asks of the rest of the front, and what it tells it. */
import type { CommEvent, ErrorReport, ExpressionResult, MimeData } from "../session/protocol.js";
import type { Header, Message } from "../wire/message.js";
import type { ExecuteRequest } from "./executeRequest.js";
import type { PreparedCell } from "./prepareCell.js";

/** What the client is told at a request's end. */
export interface ExecuteEnd {
  readonly count: number;
  readonly error?: ErrorReport;
  readonly expressions: Readonly<Record<string, ExpressionResult>>;
  readonly pages: readonly MimeData[];
  /** The client is asked to leave. */
  readonly exit?: true;
}

/** What the executor asks of the rest of the front. */
export interface ExecutorCalls {
  /** A request is taken up: the client sees the kernel busy. */
  begin(request: ExecuteRequest, count: number): void;
  /**
   * From source to a runnable cell; checks types when they must be checked first. Once `signal` is aborted nobody waits
   * for it: it may reject.
   */
  prepare(source: string, cell: number, signal: AbortSignal): Promise<PreparedCell>;
  /** Compiles one of `user_expressions`; `own`: globals that cells declared as names of their own. */
  prepareExpression(source: string, cell: number, own: ReadonlySet<string>): Promise<PreparedCell>;
  /** The cell is about to run. */
  running(prepared: PreparedCell, silent: boolean): void;
  /** Pages for the names a cell asked about with `?`. */
  pages(prepared: PreparedCell): Promise<MimeData[]>;
  /** The value of a cell's last expression, as shown. */
  result(cell: number, data: MimeData): void;
  /** Answers a request that will not be taken up. */
  abort(request: ExecuteRequest, end: ExecuteEnd): void;
  /** A comm message is taken up: the client sees the kernel busy until `delivered`. */
  deliver(message: Message): void;
  delivered(message: Message): void;
  /** Code of a cell sends a comm message. `parent`: of the cell's request. */
  comm(event: CommEvent, parent: Partial<Header>): void;
  commTarget(target: string): void;
  /** Answers a request's client. */
  end(request: ExecuteRequest, end: ExecuteEnd): void;
  /** A question of the session's. */
  ask(method: string, params: unknown): Promise<unknown>;
  /** The session wants a line of text from the client of `request`. */
  input(request: ExecuteRequest, prompt: string, password: boolean): void;
  /** Names that cells have declared: what is lost with the session. */
  variables(): readonly string[];
  /** Every declaration is gone: a new session starts. */
  lost(): void;
  problem(text: string): void;
}
