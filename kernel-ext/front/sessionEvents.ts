/** Takes what a session says of its cells to where it belongs: the client's output, a comm, an answer. */
import type { SessionEvent } from "../session/protocol.js";
import type { CellOutlet } from "./cellOutlet.js";
import type { ExecutorCalls } from "./executorCalls.js";
import type { Occupation } from "./occupation.js";
import type { Asker } from "./questions.js";
import type { CellEvent } from "./sessionKeeper.js";

/** Every event but the one that ends a cell. */
export type PassingEvent = Exclude<CellEvent, { type: "done" }>;

interface Surroundings {
  readonly occupation: Occupation;
  /** The client's side. */
  readonly backlog: { behind(): boolean; drained(): Promise<void> };
}

/** Invariant: each question of a session is answered, to the session that asked it. */
export class SessionEvents {
  private readonly occupation: Occupation;
  private readonly backlog: Surroundings["backlog"];

  constructor(
    private readonly outlet: CellOutlet,
    private readonly calls: ExecutorCalls,
    { occupation, backlog }: Surroundings,
  ) {
    this.occupation = occupation;
    this.backlog = backlog;
  }

  take(event: PassingEvent, from: Asker): void {
    switch (event.type) {
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
        this.occupation.freed();
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

  /** Sends on what was gathered. While the client's side is behind, resolves when more is welcome. */
  pause(): Promise<void> | undefined {
    this.outlet.flushSoon();
    return this.backlog.behind() ? this.backlog.drained() : undefined;
  }

  /** What native code wrote, which names no cell: while a silent one runs, it may be that one's. */
  native(name: "stdout" | "stderr", text: string): void {
    if (this.occupation.silent) {
      this.calls.problem(`while a silent cell ran, native code wrote to ${name}: ${text.trimEnd()}`);
      return;
    }
    this.outlet.stream(this.occupation.place, name, text);
    this.outlet.flushSoon();
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
    const { current } = this.occupation;
    const refuse = (error: string) => asker.send({ type: "answer", id: question.id, error });
    if (question.cell !== current?.cell)
      refuse(
        `only the running cell can ask for input, but code of cell ${question.cell} did, which has ended`,
      );
    else if (!current.request?.allowStdin) refuse("this client takes no input: it does not allow stdin");
    else {
      // What was printed before the question is often the question.
      this.outlet.flush();
      current.questions?.add(question, asker);
    }
  }

  /** No cell can begin: said at once, as nothing else shows it. */
  private tellBlocked(cell: number): void {
    const whose = cell === 0 ? "code of an ended cell" : `code of cell ${cell}, such as a timer's callback,`;
    this.outlet.stream(
      this.occupation.visiblePlace,
      "stderr",
      `[tunelab] ${whose} keeps the session busy: no cell can run until it ends; an interrupt ends it\n`,
    );
    this.outlet.flush();
  }
}
