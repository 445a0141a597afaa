/** Executes requests one after another in the session, and starts a new session when one dies. */
import type { CommCommand, ErrorReport, SessionEvent } from "../session/protocol.js";
import type { Message } from "../wire/message.js";
import type { CellOutlet } from "./cellOutlet.js";
import type { ExecuteRequest } from "./executeRequest.js";
import { aborted, kernelFault } from "./executionErrors.js";
import type { ExecuteEnd, ExecutorCalls } from "./executorCalls.js";
import { JobQueue } from "./jobQueue.js";
import { Occupation } from "./occupation.js";
import { Performer } from "./performer.js";
import { SessionEvents } from "./sessionEvents.js";
import { SessionKeeper, type Sessions } from "./sessionKeeper.js";

/**
 * Invariants: one request at a time, in the order of `add`; each gets exactly one `end`; a dead session is told as an
 * error of the cell that ran, or as text below the last one, and is replaced: at once, or by the next request if it died before it was ready.
 */
export class Executor {
  /** The count of the last cell that was counted. */
  count = 0;
  private readonly queue = new JobQueue();
  private readonly occupation = new Occupation();
  private readonly performer: Performer;
  private working = false;
  private uncounted = 0;
  private readonly session: SessionKeeper;
  /** Restart once the running cell ended (`%reset`). */
  private resetWanted = false;
  private closing = false;

  constructor(
    private readonly outlet: CellOutlet,
    private readonly calls: ExecutorCalls,
    backlog: { behind(): boolean; drained(): Promise<void> },
    sessions: Sessions,
  ) {
    const { occupation } = this;
    const events = new SessionEvents(outlet, calls, { occupation, backlog });
    this.session = new SessionKeeper(sessions, {
      event: (event, from) => (event.type === "done" ? void this.done(event) : events.take(event, from)),
      pause: () => events.pause(),
      native: (name, text) => events.native(name, text),
      variables: () => calls.variables(),
      died: (report) => this.died(report),
      problem: (text) => calls.problem(text),
    });
    this.performer = new Performer(calls, {
      occupation,
      send: (command) => this.session.send(command),
      nextNumber: () => --this.uncounted,
    });
  }

  /** The message that keeps the session busy now. */
  get running(): Message | undefined {
    return this.occupation.current?.message;
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
    const { current } = this.occupation;
    current?.stop.abort();
    if ((current?.inSession || this.session.blocked) && this.occupation.isPastPatience()) {
      this.session.kill();
      return;
    }
    this.session.control({ type: "interrupt", cell: current?.inSession ? current.cell : 0 });
  }

  /** A line the person typed. It counts only from the client that was asked. */
  inputReply({ identities, content }: Message): void {
    const { current } = this.occupation;
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
    if (!request.silent) this.occupation.takeUp(cell);
    this.outlet.open(cell, { parent: request.message.header, count, silent: request.silent });
    this.calls.begin(request, count);
    let end: ExecuteEnd;
    try {
      end = await this.performer.execute(request, cell, count);
    } catch (error) {
      this.occupation.end();
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

  private async give(message: Message, comm: CommCommand): Promise<void> {
    this.session.ensure();
    const cell = --this.uncounted;
    this.outlet.open(cell, { parent: message.header, count: this.count, silent: false, comm: true });
    this.calls.deliver(message);
    let error: ErrorReport | undefined;
    try {
      ({ error } = await this.performer.give(message, comm, cell));
    } catch (fault) {
      this.occupation.end();
      error = this.fault(fault);
    }
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

  private async done(event: Extract<SessionEvent, { type: "done" }>): Promise<void> {
    const { current } = this.occupation;
    if (current?.cell !== event.cell) return;
    await this.session.settle();
    current.finish(event);
  }

  private died(report: ErrorReport): void {
    const { current, silent, visiblePlace } = this.occupation;
    this.occupation.freed();
    current?.finish({ error: report });
    current?.stop.abort();
    // Of a silent cell only its reply would say so.
    if (!current || silent) this.outlet.stream(visiblePlace, "stderr", `${report.evalue}\n`);
    this.outlet.flush();
    this.calls.lost();
  }
}

function sameIdentities(one: readonly Buffer[], other: readonly Buffer[]): boolean {
  return one.length === other.length && one.every((frame, index) => frame.equals(other[index] as Buffer));
}
