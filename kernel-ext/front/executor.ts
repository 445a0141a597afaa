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
import type { PreparedCell } from "./prepareCell.js";
import { type Asker, Questions } from "./questions.js";
import { type CellEvent, SessionKeeper } from "./sessionKeeper.js";
import type { SessionProcess } from "./sessionProcess.js";

interface Execution {
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
  finish(end: {
    error?: ErrorReport;
    expressions?: Readonly<Record<string, ExpressionResult>>;
    page?: MimeData;
  }): void;
}

/** An interrupt this long after the first that reached the session, in milliseconds, means that it was of no use. */
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
  /** When the first interrupt of what keeps the session busy now was sent to it. */
  private interruptedAt: number | undefined;
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

  /** Ends what runs, or is prepared. A second time, after a while, replaces a session that the first did not free. */
  interrupt(): void {
    const { current } = this;
    current?.stop.abort();
    if (current?.inSession || this.session.blocked) {
      const now = performance.now();
      this.interruptedAt ??= now;
      if (now - this.interruptedAt > patience) {
        this.session.kill();
        return;
      }
    }
    this.session.control({ type: "interrupt", cell: current?.inSession ? current.cell : 0 });
  }

  /** A line the person typed. It counts only from the client that was asked. */
  inputReply({ identities, content }: Message): void {
    const { current } = this;
    if (current && sameIdentities(identities, current.message.identities))
      current.questions?.reply(String(content.value));
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
    const stop = new AbortController();
    const questions = new Questions((prompt, password) => this.calls.input(request, prompt, password));
    const { message } = request;
    const done = new Promise<Parameters<Execution["finish"]>[0]>((finish) => {
      this.current = { message, request, cell, questions, stop, inSession: false, finish };
    });
    const ready = await unlessStopped(this.prepare(request, cell, stop.signal), stop.signal);
    // One whose session died is finished already: this changes nothing of what it is told.
    if (!ready) this.current?.finish({ error: interrupted });
    else if (ready.prepared.refusal) this.current?.finish({ error: ready.prepared.refusal });
    else this.begin(request, ready);
    const { error, expressions = {}, page } = await done;
    this.current = undefined;
    this.interruptedAt = undefined;
    questions.close();
    const pages = [...(ready?.pages ?? []), ...(page ? [page] : [])];
    const exit = !error && ready?.prepared.exit;
    return { count, ...(error && { error }), expressions, pages, ...(exit && { exit }) };
  }

  /** From the request to all that the session is given. */
  private async prepare(request: ExecuteRequest, cell: number, signal: AbortSignal): Promise<ReadyCell> {
    const prepared = await this.calls.prepare(request.code, cell, signal);
    const pages = await this.calls.pages(prepared);
    const expressions = await compileExpressions(request.userExpressions, {
      own: prepared.own,
      nextNumber: () => --this.uncounted,
      prepare: this.calls.prepareExpression,
    });
    return { prepared, pages, expressions };
  }

  private begin({ silent }: ExecuteRequest, { prepared, expressions }: ReadyCell): void {
    const { current } = this;
    if (!current) return;
    this.calls.running(prepared);
    if (prepared.cell.code === "" && !prepared.cell.magic && Object.keys(expressions).length === 0) {
      current.finish({});
      return;
    }
    current.inSession = true;
    this.session.send({ type: "run", cell: prepared.cell, silent, expressions });
  }

  private async give(message: Message, comm: CommCommand): Promise<void> {
    this.session.ensure();
    const cell = --this.uncounted;
    this.outlet.open(cell, { parent: message.header, count: this.count, silent: false, comm: true });
    this.calls.deliver(message);
    let error: ErrorReport | undefined;
    try {
      ({ error } = await new Promise<Parameters<Execution["finish"]>[0]>((finish) => {
        this.current = { message, cell, stop: new AbortController(), inSession: true, finish };
        this.session.send({ type: "comm", cell, message: comm });
      }));
    } catch (fault) {
      error = this.fault(fault);
    }
    this.current = undefined;
    this.interruptedAt = undefined;
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
      case "blocked":
        this.tellBlocked(event.cell);
        return;
      case "free":
        this.interruptedAt = undefined;
        return;
      case "folder":
        void this.calls.ask("folder", { folder: event.folder });
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

  private input(question: Extract<SessionEvent, { type: "input" }>, asker: Asker): void {
    const { current } = this;
    const refuse = (error: string) => asker.send({ type: "answer", id: question.id, error });
    if (question.cell !== current?.cell)
      refuse(
        `only the running cell can ask for input, but code of cell ${question.cell} did, which has ended`,
      );
    else if (!current.request?.allowStdin) refuse("this client takes no input: it does not allow stdin");
    else current.questions?.add(question, asker);
  }

  /** No cell can begin: said at once, as nothing else shows it. */
  private tellBlocked(cell: number): void {
    const whose = cell === 0 ? "code of an ended cell" : `code of cell ${cell}, such as a timer's callback,`;
    this.outlet.stream(
      this.current?.cell ?? this.lastCell,
      "stderr",
      `[tunelab] ${whose} keeps the session busy: no cell can run until it ends; an interrupt ends it\n`,
    );
    this.outlet.flush();
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
    this.interruptedAt = undefined;
    if (current) {
      current.finish({ error: report });
      current.stop.abort();
    } else this.outlet.stream(this.lastCell, "stderr", `${report.evalue}\n`);
    this.outlet.flush();
    this.calls.lost();
  }
}

/** What a cell needs to begin. */
interface ReadyCell {
  readonly prepared: PreparedCell;
  readonly pages: readonly MimeData[];
  readonly expressions: Awaited<ReturnType<typeof compileExpressions>>;
}

/** Undefined once the signal is aborted: whoever was asked to stop may take its time, or fail. */
async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const stopped = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  try {
    const done = await Promise.race([work, stopped]);
    return signal.aborted ? undefined : done;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

function sameIdentities(one: readonly Buffer[], other: readonly Buffer[]): boolean {
  return one.length === other.length && one.every((frame, index) => frame.equals(other[index] as Buffer));
}
