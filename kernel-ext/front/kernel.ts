/** The kernel's front: answers Jupyter's messages. Runs no code of the person's. */
import type { FrontRequests, MimeData } from "../session/protocol.js";
import type { Content, Message } from "../wire/message.js";
import { checkContent } from "../wire/requestSchema.js";
import type { Channel, WireServer } from "../wire/wireServer.js";
import { answersFrom, failure, replyType } from "./answers.js";
import { CellOutlet } from "./cellOutlet.js";
import { CommDesk } from "./commDesk.js";
import { type ExecuteRequest, executeRequest } from "./executeRequest.js";
import { Executor } from "./executor.js";
import type { ExecuteEnd } from "./executorCalls.js";
import { History } from "./history/history.js";
import { historyFolder } from "./history/historyFolder.js";
import type { LanguageDesk } from "./languageDesk.js";
import type { Reception } from "./reception.js";
import { SessionEnvironment } from "./sessionEnvironment.js";
import { SessionProcess } from "./sessionProcess.js";

/**
 * Invariants: every request gets a busy status, one reply where its type has one, and an idle status; requests other
 * than execution are answered at once, also while a cell runs.
 */
export class Kernel {
  readonly wire: WireServer;
  readonly executor: Executor;
  private readonly history: History;
  private readonly outlet: CellOutlet;
  private readonly comms: CommDesk;
  private readonly answers: ReturnType<typeof answersFrom>;
  private readonly environment = new SessionEnvironment();
  private ended: (() => void) | undefined;
  /** Resolves when a client asked the kernel to shut down and everything was said. */
  readonly shutdown = new Promise<void>((resolve) => {
    this.ended = resolve;
  });

  constructor(
    reception: Reception,
    private readonly desk: LanguageDesk,
    session: SessionProcess,
    private readonly log: (text: string) => void,
  ) {
    this.history = new History(historyFolder(), log);
    this.wire = reception.wire;
    this.outlet = new CellOutlet((type, parent, content) => this.wire.publish(type, parent, content));
    this.comms = new CommDesk({
      publish: (type, parent, content, more) => this.wire.publish(type, parent, content, more),
      deliver: (message, command) => this.executor.deliver(message, command),
      log,
    });
    this.executor = new Executor(
      this.outlet,
      {
        begin: (request, count) => this.begin(request, count),
        prepare: (source, cell, signal) =>
          desk.prepare(source, cell, { foresee: (modules) => this.executor.foresee(modules), signal }),
        prepareExpression: (source, cell, own) => desk.prepareExpression(source, cell, own),
        running: (prepared, silent) =>
          desk.running(prepared, { silent, tell: (cell, text) => this.warn(cell, text) }),
        pages: (prepared) => desk.questions.pages(prepared),
        result: (cell, data) => this.rememberResult(cell, data),
        end: (request, end) => this.end(request, end),
        abort: (request, end) => this.abort(request, end),
        ask: (method, params) => this.ask(method, params),
        input: (request, prompt, password) => this.wire.requestInput(request.message, prompt, password),
        deliver: (message) => this.status(message, "busy"),
        delivered: (message) => this.status(message, "idle"),
        comm: (event, parent) => this.comms.fromSession(event, parent),
        commTarget: (target) => this.comms.register(target),
        variables: () => desk.variables,
        lost: () => this.forget(),
        problem: log,
      },
      { behind: () => this.wire.behind, drained: () => this.wire.drained() },
      { first: session, start: (absent) => this.startSession(absent) },
    );
    const { history, comms } = this;
    this.answers = answersFrom({ desk, history, comms, interrupt: () => this.executor.interrupt() });
    reception.open({
      request: (channel, message) => void this.request(channel, message),
      inputReply: (message) => this.inputReply(message),
      problem: log,
    });
  }

  /** Answers heartbeats. */
  async start(): Promise<void> {
    await this.wire.beat();
  }

  async stop(): Promise<void> {
    await this.executor.close();
    await this.wire.stop();
    await this.desk.close();
  }

  interrupt(): void {
    this.executor.interrupt();
  }

  private async request(channel: Channel, message: Message): Promise<void> {
    const type = message.header.msg_type;
    try {
      checkContent(type, message.content);
      if (type === "execute_request" && channel !== "shell") {
        throw new TypeError(`execute_request belongs on shell, got it on ${channel}`);
      }
    } catch (error) {
      this.refuse(channel, message, error);
      return;
    }
    if (type === "execute_request") this.executor.add(executeRequest(message));
    else if (/^comm_(open|msg|close)$/.test(type)) this.comms.fromClient(message);
    else await this.respond(channel, message);
  }

  /** Everything but execution and comms: answered at once. */
  private async respond(channel: Channel, message: Message): Promise<void> {
    const type = message.header.msg_type;
    const answer = this.answers.get(type);
    if (!answer) this.log(`no such request: ${JSON.stringify(type.slice(0, 80))}`);
    this.status(message, "busy");
    try {
      if (answer) this.wire.reply(channel, message, replyType(message), await answer(message.content));
    } catch (error) {
      this.log(`${type} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      this.wire.reply(channel, message, replyType(message), failure(message, error));
    }
    this.idle(message);
    if (type === "shutdown_request") {
      // The other clients are to know as well.
      this.wire.publish("shutdown_reply", message.header, {
        status: "ok",
        restart: message.content.restart === true,
      });
      await this.wire.drained();
      this.ended?.();
    }
  }

  /** A message whose content is not as its type wants it: logged, and answered where an answer exists. */
  private refuse(channel: Channel, message: Message, error: unknown): void {
    const type = message.header.msg_type;
    this.log(`a message was refused: ${error instanceof Error ? error.message : String(error)}`);
    this.status(message, "busy");
    if (type.endsWith("_request")) {
      const count = type === "execute_request" && { execution_count: this.executor.count };
      this.wire.reply(channel, message, replyType(message), { ...failure(message, error), ...count });
    }
    this.idle(message);
  }

  private inputReply(message: Message): void {
    try {
      checkContent("input_reply", message.content);
      this.executor.inputReply(message);
    } catch (error) {
      this.log(`a message was refused: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** The session is new. */
  private forget(): void {
    this.desk.forget();
    this.comms.forget();
  }

  private begin(request: ExecuteRequest, count: number): void {
    this.status(request.message, "busy");
    if (request.silent) return;
    const { header } = request.message;
    this.wire.publish("execute_input", header, { code: request.code, execution_count: count });
    if (request.storeHistory) this.history.add(count, request.code);
  }

  /** A request that waited behind a failed cell: answered, but neither repeated nor remembered. */
  private abort(request: ExecuteRequest, end: ExecuteEnd): void {
    this.status(request.message, "busy");
    this.end(request, end);
  }

  private end(request: ExecuteRequest, { count, error, expressions, pages, exit }: ExecuteEnd): void {
    const payload: Content[] = pages.map((data) => ({ source: "page", data, start: 0 }));
    if (exit) payload.push({ source: "ask_exit", keepkernel: false });
    const content: Content = error
      ? { status: "error", ...error, execution_count: count, user_expressions: {}, payload }
      : { status: "ok", execution_count: count, user_expressions: expressions, payload };
    this.wire.reply("shell", request.message, "execute_reply", content);
    this.status(request.message, "idle");
  }

  private warn(cell: number, text: string): void {
    this.outlet.stream(cell, "stderr", text);
    this.outlet.flush();
  }

  private async ask(method: string, params: unknown): Promise<unknown> {
    const given = (params ?? {}) as Record<string, unknown>;
    if (method === "history") {
      const { last, query } = given as FrontRequests["history"]["params"];
      return query ? this.history.find(query) : this.history.last(last);
    }
    if (method === "reset") {
      this.executor.reset();
      return null;
    }
    if (method === "environment") {
      const { name, value } = given as FrontRequests["environment"]["params"];
      this.environment.note(name, value);
      return null;
    }
    return this.desk.ask(method, given);
  }

  /** @param absent the last one did not start: the environment, as `%env` changed it, may be why. */
  private startSession(absent: boolean): SessionProcess {
    const { folder } = this.desk;
    if (absent) this.forgetEnvironment();
    try {
      return new SessionProcess({ folder, environment: this.environment.of(process.env) });
    } catch (error) {
      this.log(`a session without what %env set, as it cannot begin with it: ${String(error)}`);
      this.forgetEnvironment();
      return new SessionProcess({ folder });
    }
  }

  private forgetEnvironment(): void {
    const remark = this.environment.forget();
    if (remark !== undefined) this.desk.tell(remark);
  }

  private rememberResult(cell: number, data: MimeData): void {
    const text = data["text/plain"];
    // Uncounted cells are not in the history.
    if (cell > 0 && typeof text === "string") this.history.setOutput(cell, text);
  }

  /** Clients show the state said last: while a cell runs, that is busy. */
  private idle(message: Message): void {
    this.status(message, "idle");
    const running = this.executor.running;
    if (running) this.status(running, "busy");
  }

  private status(message: Message, state: "busy" | "idle"): void {
    this.wire.publish("status", message.header, { execution_state: state });
  }
}
