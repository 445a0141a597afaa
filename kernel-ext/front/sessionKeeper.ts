/** Sees to it that there is a session: replaces one that dies, and says what was lost with it. */
import type { ControlCommand, ErrorReport, SessionCommand } from "../session/protocol.js";
import { sessionLost, sessionNotStarted } from "./executionErrors.js";
import type { HeardEvent, SessionProcess } from "./sessionProcess.js";

/** What a session says of its cells. */
export type CellEvent = Exclude<HeardEvent, { type: "ready" | "runs" }>;

export interface KeeperCalls {
  /** @param from the session that said it: an answer is for that one, not for its successor. */
  event(event: CellEvent, from: Pick<SessionProcess, "send">): void;
  /** Everything of one read was given. Resolves when more is welcome, or nothing if it is welcome now. */
  pause(): Promise<void> | undefined;
  native(name: "stdout" | "stderr", text: string): void;
  /** Names that cells have declared in the session. */
  variables(): readonly string[];
  /** The session is dead. When this returns another takes its place, unless it had never been ready. */
  died(report: ErrorReport): void;
  problem(text: string): void;
}

export interface Sessions {
  readonly first: SessionProcess;
  /** @param absent the last one died before it was ready. */
  start(absent: boolean): SessionProcess;
}

/**
 * Invariants: one session at a time; a dead one is replaced at once, or by `ensure` if it died before it was ready,
 * since the next will not fare better than it.
 */
export class SessionKeeper {
  private session: SessionProcess;
  /** The session has said that it is ready. */
  private ready = false;
  /** Names of the library's runs that the session has open. */
  private runs: readonly string[] = [];
  /** The last session died before it was ready. */
  private absent = false;
  private closing = false;
  private isBlocked = false;

  constructor(
    private readonly sessions: Sessions,
    private readonly calls: KeeperCalls,
  ) {
    this.session = this.take(sessions.first);
  }

  /** Code of ended cells keeps the session from running any. */
  get blocked(): boolean {
    return this.isBlocked;
  }

  get pid(): number | undefined {
    return this.session.pid;
  }

  send(command: SessionCommand): void {
    this.session.send(command);
  }

  control(command: ControlCommand): void {
    this.session.control(command);
  }

  /** Resolves when what native code wrote so far was given. */
  async settle(): Promise<void> {
    await this.session.settle();
  }

  /** Ends the session at once; another follows. */
  kill(): void {
    this.session.kill();
  }

  /** Starts a session if the last one never became ready. */
  ensure(): void {
    if (this.absent) this.start();
  }

  /** Another session takes over, with nothing declared. */
  async replace(): Promise<void> {
    await this.session.close();
    this.start();
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.session.close();
  }

  private start(): void {
    const { absent } = this;
    this.ready = false;
    this.absent = false;
    this.runs = [];
    this.isBlocked = false;
    this.session = this.take(this.sessions.start(absent));
  }

  private take(session: SessionProcess): SessionProcess {
    session.listen({
      event: (event) => {
        if (event.type === "blocked" || event.type === "free") this.isBlocked = event.type === "blocked";
        if (event.type === "ready") this.ready = true;
        else if (event.type === "runs") this.runs = event.names;
        else this.calls.event(event, session);
      },
      pause: () => this.pause(session),
      native: (name, text) => this.calls.native(name, text),
      died: (how) => this.died(how),
    });
    return session;
  }

  /** While the client's side is behind, the session waits. */
  private pause(session: SessionProcess): void {
    const welcome = this.calls.pause();
    if (!welcome) return;
    session.hold();
    void welcome.then(() => session.resume());
  }

  private died(how: string): void {
    if (this.closing) return;
    const lost = { variables: this.calls.variables(), runs: this.runs };
    this.calls.died(this.ready ? sessionLost(how, lost) : sessionNotStarted(how));
    if (this.ready) this.start();
    else {
      this.calls.problem(`the session does not start: ${how}`);
      this.absent = true;
    }
  }
}
