/** Has the session run one request, or take one comm message, to its end. */
import type { CommCommand, MimeData, SessionCommand } from "../session/protocol.js";
import type { Message } from "../wire/message.js";
import { compileExpressions } from "./compileExpressions.js";
import type { ExecuteRequest } from "./executeRequest.js";
import type { ExecutionEnd } from "./execution.js";
import { interrupted } from "./executionErrors.js";
import type { ExecuteEnd, ExecutorCalls } from "./executorCalls.js";
import type { Occupation } from "./occupation.js";
import type { PreparedCell } from "./prepareCell.js";
import { Questions } from "./questions.js";
import { unlessStopped } from "./unlessStopped.js";

/** What a cell needs to begin. */
interface ReadyCell {
  readonly prepared: PreparedCell;
  readonly pages: readonly MimeData[];
  readonly expressions: Awaited<ReturnType<typeof compileExpressions>>;
}

interface Performed {
  readonly occupation: Occupation;
  send(command: SessionCommand): void;
  /** A number that no cell has. */
  nextNumber(): number;
}

/** Invariant: what is performed is the occupation's from its first moment to its end, unless it throws. */
export class Performer {
  constructor(
    private readonly calls: ExecutorCalls,
    private readonly session: Performed,
  ) {}

  /** Throws for a fault of the kernel's own only. */
  async execute(request: ExecuteRequest, cell: number, count: number): Promise<ExecuteEnd> {
    const { occupation } = this.session;
    const stop = new AbortController();
    const questions = new Questions((prompt, password) => this.calls.input(request, prompt, password));
    const { message } = request;
    const done = new Promise<ExecutionEnd>((finish) => {
      occupation.begin({ message, request, cell, questions, stop, inSession: false, finish });
    });
    const ready = await unlessStopped(this.prepare(request, cell, stop.signal), stop.signal);
    // One whose session died is finished already: this changes nothing of what it is told.
    if (!ready) occupation.current?.finish({ error: interrupted });
    else if (ready.prepared.refusal) occupation.current?.finish({ error: ready.prepared.refusal });
    else this.begin(request, ready);
    const { error, expressions = {}, page } = await done;
    occupation.end();
    questions.close();
    const pages = [...(ready?.pages ?? []), ...(page ? [page] : [])];
    const exit = !error && ready?.prepared.exit;
    return { count, ...(error && { error }), expressions, pages, ...(exit && { exit }) };
  }

  /** Gives the session a client's comm message. */
  async give(message: Message, comm: CommCommand, cell: number): Promise<ExecutionEnd> {
    const { occupation } = this.session;
    const end = await new Promise<ExecutionEnd>((finish) => {
      occupation.begin({ message, cell, stop: new AbortController(), inSession: true, finish });
      this.session.send({ type: "comm", cell, message: comm });
    });
    occupation.end();
    return end;
  }

  /** From the request to all that the session is given. */
  private async prepare(request: ExecuteRequest, cell: number, signal: AbortSignal): Promise<ReadyCell> {
    const prepared = await this.calls.prepare(request.code, cell, signal);
    const pages = await this.calls.pages(prepared);
    const expressions = await compileExpressions(request.userExpressions, {
      own: prepared.own,
      nextNumber: () => this.session.nextNumber(),
      prepare: this.calls.prepareExpression,
    });
    return { prepared, pages, expressions };
  }

  private begin({ silent }: ExecuteRequest, { prepared, expressions }: ReadyCell): void {
    const { current } = this.session.occupation;
    if (!current) return;
    this.calls.running(prepared, silent);
    if (prepared.cell.code === "" && !prepared.cell.magic && Object.keys(expressions).length === 0) {
      current.finish({});
      return;
    }
    current.inSession = true;
    this.session.send({ type: "run", cell: prepared.cell, silent, expressions });
  }
}
