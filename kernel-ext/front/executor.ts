/** Executes requests one after another in the session, and starts a new session when one dies. */
import type {
  CommCommand,
  ErrorReport,
  ExpressionResult,
  MimeData,
  SessionEvent,
} from "../session/protocol.js";
import type { Message } from "../wire/message.js";
import type { CellOutlet } from "./cellOutlet.js";
import { compileExpressions } from "./compileExpressions.js";
import type { ExecuteRequest } from "./executeRequest.js";
import { aborted, interrupted, kernelFault } from "./executionErrors.js";
import type { ExecuteEnd, ExecutorCalls } from "./executorCalls.js";
import { JobQueue } from "./jobQueue.js";
import { type CellEvent, SessionKeeper } from "./sessionKeeper.js";
import type { SessionProcess } from "./sessionProcess.js";

interface Execution {
  readonly message: Message;
  /** Absent for a comm message. */
  readonly request?: ExecuteRequest;
  readonly cell: number;
  interruptedAt?: number;
  /** Set while the session waits for the person's input. */
  inputId?: number;
  /** The session has the cell. */
  inSession: boolean;
  /** Its session died, perhaps before it got the cell: no other may run it. */
  lost?: boolean;
  finish(end: {
    error?: ErrorReport;
    expressions?: Readonly<Record<string, ExpressionResult>>;
    page?: MimeData;
  }): void;
}

/** A session that wants an answer. Each counts its questions from 1: its successor's are others. */
type Asker = Pick<SessionProcess, "send">;

/** An interrupt this long after the one before, in milliseconds, means that the first was of no use. */
const patience = 3000;

/**
 * Invariants: one request at a time, in the order of `add`; each gets exactly one `end`; a dead session is told as an
 * error of the cell that ran, or as text below the last one, and is replaced: at once, or by the next request if it died before it was ready.
 */
export class Executor {
  /** The count of the last cell that was counted. */
  count = 0;
  private readonly queue = new JobQueue();
  private current: Execution | undefined;
  private working = false;
  private uncounted = 0;
  private lastCell = 0;
  private readonly session: SessionKeeper;
  /** Restart once the running cell ended (`%reset`). */
  private resetWanted = false;
  private closing = false;

  constructor(
    private readonly outlet: CellOutlet,
    private readonly calls: ExecutorCalls,
    private readonly backlog: { behind(): boolean; drained(): Promise<void> },
    sessions: { readonly first: SessionProcess; start(): SessionProcess },
  ) {
    this.session = new SessionKeeper(sessions, {
      event: (event, from) => this.event(event, from),
      pause: () => this.pause(),
      native: (name, text) => this.native(name, text),
      variables: () => calls.variables(),
      died: (report) => this.died(report),
      problem: (text) => calls.problem(text),
    });
  }

  /** The message that keeps the session busy now. */
  get running(): Message | undefined {
    return this.current?.message;
  }

  get sessionPid(): number | undefined {
    return this.session.pid;
  }

  add(request: ExecuteRequest): void {
    this.queue.add({ execute: request });
    void this.work();
  }

  /** A client's comm message: the session gets it after what was added before. */
  deliver(message: Message, comm: CommCommand): void {
    this.queue.add({ message, comm });
    void this.work();
  }

  /** The session loads what the cell that is being prepared imports. */
  foresee(modules: readonly string[]): void {
    if (modules.length > 0) this.session.send({ type: "preload", modules });
  }

  /** Ends what runs. A second time, after a while, replaces the session. */
  interrupt(): void {
    const { current } = this;
    const now = performance.now();
    if (current?.interruptedAt !== undefined && now - current.interruptedAt > patience) {
      this.session.kill();
      return;
    }
    if (current) current.interruptedAt ??= now;
    this.session.control({ type: "interrupt", cell: current?.inSession ? current.cell : 0 });
  }

  /** A line the person typed. It counts only from the client that was asked. */
  inputReply({ identities, content }: Message): void {
    const { current } = this;
    if (current?.inputId === undefined || !sameIdentities(identities, current.message.identities)) return;
    this.session.send({ type: "input", id: current.inputId, value: String(content.value) });
    delete current.inputId;
  }

  /** After the running cell a new session takes over. */
  reset(): void {
    this.resetWanted = true;
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.session.close();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let job = this.queue.next(); job && !this.closing; job = this.queue.next()) {
      if ("execute" in job) await this.execute(job.execute);
      else await this.give(job.message, job.comm);
      if (this.resetWanted) await this.startAnew();
    }
    this.working = false;
  }

  private async execute(request: ExecuteRequest): Promise<void> {
    if (request.storeHistory) this.count++;
    this.session.ensure();
    const { count } = this;
    const cell = request.storeHistory ? count : --this.uncounted;
    this.lastCell = cell;
    this.outlet.open(cell, { parent: request.message.header, count, silent: request.silent });
    this.calls.begin(request, count);
    let end: ExecuteEnd;
    try {
      end = await this.perform(request, cell, count);
    } catch (error) {
      this.current = undefined;
      end = { count, error: this.fault(error), expressions: {}, pages: [] };
    }
    if (end.error) this.outlet.error(cell, end.error);
    this.outlet.flush();
    this.calls.end(request, end);
    if (end.error && request.stopOnError) this.abortQueued();
  }

  /** A fault of the kernel's own: the cell fails with it, the kernel goes on. */
  private fault(error: unknown): ErrorReport {
    const report = kernelFault(error);
    this.calls.problem(report.traceback.join("\n"));
    return report;
  }

  private async perform(request: ExecuteRequest, cell: number, count: number): Promise<ExecuteEnd> {
    const done = new Promise<Parameters<Execution["finish"]>[0]>((finish) => {
      this.current = { message: request.message, request, cell, inSession: false, finish };
    });
    const prepared = await this.calls.prepare(request.code, cell);
    const pages = await this.calls.pages(prepared);
    const expressions = await compileExpressions(request.userExpressions, {
      own: prepared.own,
      nextNumber: () => --this.uncounted,
      prepare: this.calls.prepareExpression,
    });
    const { current } = this;
    if (prepared.refusal || !current) {
      this.current = undefined;
      return { count, ...(prepared.refusal && { error: prepared.refusal }), expressions: {}, pages };
    }
    // A lost one is finished already: this changes nothing of what it is told.
    if (current.interruptedAt !== undefined || current.lost) current.finish({ error: interrupted });
    else if (prepared.cell.code === "" && !prepared.cell.magic && Object.keys(expressions).length === 0) {
      this.calls.running(prepared);
      current.finish({});
    } else {
      this.calls.running(prepared);
      current.inSession = true;
      this.session.send({ type: "run", cell: prepared.cell, silent: request.silent, expressions });
    }
    const { error, expressions: results = {}, page } = await done;
    this.current = undefined;
    return {
      count,
      ...(error && { error }),
      expressions: results,
      pages: page ? [...pages, page] : pages,
      ...(prepared.exit && { exit: true }),
    };
  }

  private async give(message: Message, comm: CommCommand): Promise<void> {
    this.session.ensure();
    const cell = --this.uncounted;
    this.outlet.open(cell, { parent: message.header, count: this.count, silent: false, comm: true });
    this.calls.deliver(message);
    let error: ErrorReport | undefined;
    try {
      ({ error } = await new Promise<Parameters<Execution["finish"]>[0]>((finish) => {
        this.current = { message, cell, inSession: true, finish };
        this.session.send({ type: "comm", cell, message: comm });
      }));
    } catch (fault) {
      error = this.fault(fault);
    }
    this.current = undefined;
    // There is no reply that could carry it.
    if (error) this.outlet.stream(cell, "stderr", `${error.evalue}\n`);
    this.outlet.flush();
    this.calls.delivered(message);
  }

  /** `stop_on_error`: what waits behind a failed cell is answered, not run; clients show 0 as no number. */
  private abortQueued(): void {
    for (const request of this.queue.takeCells()) {
      this.calls.abort(request, { count: 0, error: aborted, expressions: {}, pages: [] });
    }
  }

  private async startAnew(): Promise<void> {
    this.resetWanted = false;
    await this.session.replace();
    this.calls.lost();
  }

  private event(event: CellEvent, from: Asker): void {
    switch (event.type) {
      case "done":
        void this.done(event);
        return;
      case "request":
        void this.answer(event, from);
        return;
      case "input":
        this.input(event, from);
        return;
      case "commTarget":
        this.calls.commTarget(event.target);
        return;
      case "comm":
        this.outlet.flush();
        this.calls.comm(event, this.outlet.parent(event.cell));
        return;
      case "result":
        this.calls.result(event.cell, event.data);
        this.outlet.take(event);
        return;
      default:
        this.outlet.take(event);
    }
  }

  private async done(event: Extract<SessionEvent, { type: "done" }>): Promise<void> {
    const { current } = this;
    if (current?.cell !== event.cell) return;
    await this.session.settle();
    current.finish(event);
  }

  private async answer(
    { id, method, params }: Extract<SessionEvent, { type: "request" }>,
    asker: Asker,
  ): Promise<void> {
    try {
      asker.send({ type: "answer", id, value: await this.calls.ask(method, params) });
    } catch (error) {
      asker.send({ type: "answer", id, error: error instanceof Error ? error.message : String(error) });
    }
  }

  private input({ id, prompt, password }: Extract<SessionEvent, { type: "input" }>, asker: Asker): void {
    const { current } = this;
    if (!current?.request?.allowStdin) {
      asker.send({ type: "answer", id, error: "this client takes no input: it does not allow stdin" });
      return;
    }
    current.inputId = id;
    this.calls.input(current.request, prompt, password);
  }

  /** Sends on what was gathered; while the client's side is behind, the session waits. */
  private pause(): Promise<void> | undefined {
    this.outlet.flushSoon();
    return this.backlog.behind() ? this.backlog.drained() : undefined;
  }

  private native(name: "stdout" | "stderr", text: string): void {
    this.outlet.stream(this.current?.cell ?? this.lastCell, name, text);
    this.outlet.flushSoon();
  }

  private died(report: ErrorReport): void {
    const { current } = this;
    if (current) {
      current.lost = true;
      current.finish({ error: report });
    } else this.outlet.stream(this.lastCell, "stderr", `${report.evalue}\n`);
    this.outlet.flush();
    this.calls.lost();
  }
}

function sameIdentities(one: readonly Buffer[], other: readonly Buffer[]): boolean {
  return one.length === other.length && one.every((frame, index) => frame.equals(other[index] as Buffer));
}
