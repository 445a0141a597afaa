/**
 * What the front and the session say to each other.
 *
 * Framing: one JSON value a line. The session reads commands on descriptor 3, writes events on 4, and a thread of its
 * own reads controls on 5 (so that an interrupt arrives while the main thread computes). What arrives on the
 * session's stdout and stderr comes from native code or child processes.
 *
 * Invariant: the session runs one cell at a time, in the order of the `run` commands, and answers each with exactly
 * one `done`; output whose `cell` is an earlier cell is late output of that cell.
 */
import type { CompiledCell } from "./compiledCell.js";

export type MimeData = Record<string, unknown>;

/** Front → session, descriptor 3. */
export type SessionCommand =
  | {
      readonly type: "run";
      readonly cell: CompiledCell;
      readonly silent: boolean;
      readonly expressions?: Readonly<Record<string, CompiledCell>>;
    }
  /** The cell that comes next, if its types are right, imports these. */
  | { readonly type: "preload"; readonly modules: readonly string[] }
  | { readonly type: "answer"; readonly id: number; readonly value?: unknown; readonly error?: string }
  | { readonly type: "input"; readonly id: number; readonly value: string }
  /** A client's comm message, answered with `done` like a cell; `cell` is below 0. */
  | { readonly type: "comm"; readonly cell: number; readonly message: CommCommand }
  | { readonly type: "close" };

/** A comm message, from a client or to all of them. */
export interface CommCommand {
  readonly action: "comm_open" | "comm_msg" | "comm_close";
  readonly id: string;
  readonly target: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  /** Base64. */
  readonly buffers: readonly string[];
}

export interface CommEvent extends CommCommand {
  readonly type: "comm";
  readonly cell: number;
}

/** Front → session's control thread, descriptor 5. */
export type ControlCommand =
  /** Ends cell `cell` if it still runs (0: whatever keeps the main thread); the ladder is in controlThread.ts. */
  { readonly type: "interrupt"; readonly cell: number };

/** Session's control thread → front, descriptor 5. */
export type ControlEvent =
  /** Between cells, code of `cell` (0: unknown) has kept the main thread busy for a while: no cell can begin. */
  | { readonly type: "blocked"; readonly cell: number }
  /** That is over. */
  | { readonly type: "free" };

/** Session → front, descriptor 4. */
export type SessionEvent =
  | { readonly type: "ready"; readonly pid: number; readonly node: string }
  | {
      readonly type: "stream";
      readonly cell: number;
      readonly name: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly type: "display";
      readonly cell: number;
      readonly data: MimeData;
      readonly metadata?: MimeData;
      readonly id?: string;
      /** Replaces what `id` shows instead of showing something new. */
      readonly update?: boolean;
    }
  | { readonly type: "result"; readonly cell: number; readonly data: MimeData; readonly metadata?: MimeData }
  | { readonly type: "clear"; readonly cell: number; readonly wait: boolean }
  | { readonly type: "error"; readonly cell: number; readonly error: ErrorReport }
  | {
      readonly type: "done";
      readonly cell: number;
      readonly milliseconds: number;
      readonly error?: ErrorReport;
      readonly expressions?: Readonly<Record<string, ExpressionResult>>;
      /** Text a pager shows (`%name?`). */
      readonly page?: MimeData;
    }
  | CommEvent
  /** Names of the library's runs that are open now. */
  | { readonly type: "runs"; readonly names: readonly string[] }
  /** Process groups that are to end with the session, besides its own. */
  | { readonly type: "groups"; readonly groups: readonly number[] }
  /** The session's working directory is another from now on: checks and later sessions follow. */
  | { readonly type: "folder"; readonly folder: string }
  /** The session's code ends it, by `process.exit`. Nothing follows but the end. */
  | { readonly type: "exits" }
  /** Comms to `target` are welcome from now on. */
  | { readonly type: "commTarget"; readonly target: string }
  /** Asks the front for something only it has; answered by `answer`. See `FrontRequests`. */
  | { readonly type: "request"; readonly id: number; readonly method: string; readonly params: unknown }
  | {
      readonly type: "input";
      readonly id: number;
      readonly cell: number;
      readonly prompt: string;
      readonly password: boolean;
    };

/** An error as Jupyter's `error` message carries it. */
export interface ErrorReport {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type ExpressionResult =
  | { readonly status: "ok"; readonly data: MimeData; readonly metadata: MimeData }
  | ({ readonly status: "error" } & ErrorReport);

/** Which cells of the history of all sessions. */
export type HistoryQuery =
  /** The newest `count`. */
  | { readonly access: "tail"; readonly count: number }
  /**
   * Cells `start` to before `stop` (to the end if absent) of a session: its number, 0 for this one, -1 for the one
   * before. `start` and `stop` below 0 count from the end.
   */
  | { readonly access: "range"; readonly session: number; readonly start: number; readonly stop?: number }
  /** The newest `count` whose whole source fits `pattern` (`*`, `?`, `[a-z]`); `unique`: of equal ones the newest. */
  | {
      readonly access: "search";
      readonly pattern: string;
      readonly unique: boolean;
      readonly count?: number;
    };

/** What a session may ask of its front, by method: parameters and answer. */
export interface FrontRequests {
  /** The mode of the type check; sets it when given. */
  typecheck: { params: { mode?: "strict" | "warn" | "off" }; answer: "strict" | "warn" | "off" };
  /** Packages or files changed on disk (`%npm install`): the language service looks anew. */
  packagesChanged: { params: Record<string, never>; answer: null };
  /**
   * Cells that were run and stored, newest last: this session's (`last`: only so many), or what `query` finds in the
   * history of all sessions.
   */
  history: {
    params: { last?: number; query?: HistoryQuery };
    answer: { session: number; number: number; source: string; output?: string }[];
  };
  /** Names declared by cells so far, with their types as the checker sees them. */
  names: { params: Record<string, never>; answer: { name: string; type: string; cell: number }[] };
  /** Forgets every declaration: a new session follows after this cell. */
  reset: { params: Record<string, never>; answer: null };
  /** `%env` set a variable, or removed it: later sessions have it so. */
  environment: { params: { name: string; value?: string }; answer: null };
  /** Changes the working directory of checks and completion (`%cd`). */
  folder: { params: { folder: string }; answer: null };
}
