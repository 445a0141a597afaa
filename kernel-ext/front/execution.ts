/** A request, or a comm message, that the session is busy with. */
import type { ErrorReport, ExpressionResult, MimeData } from "../session/protocol.js";
import type { Message } from "../wire/message.js";
import type { ExecuteRequest } from "./executeRequest.js";
import type { Questions } from "./questions.js";

/** What came of it. */
export interface ExecutionEnd {
  readonly error?: ErrorReport;
  readonly expressions?: Readonly<Record<string, ExpressionResult>>;
  readonly page?: MimeData;
}

export interface Execution {
  readonly message: Message;
  /** Absent for a comm message. */
  readonly request?: ExecuteRequest;
  readonly cell: number;
  /** What its code asks the person. */
  readonly questions?: Questions;
  /** Aborted by an interrupt, and by the session's death: what is not prepared yet will not run. */
  readonly stop: AbortController;
  /** The session has the cell. */
  inSession: boolean;
  finish(end: ExecutionEnd): void;
}
