/** A Jupyter client for tests: starts a real kernel from dist/ and talks to it over zeromq. Shares with it how it is started, and no more. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Dealer, Request, Subscriber } from "zeromq";
import { kernelSpec } from "../../kernel-ext/kernelspec/installKernelSpec.js";

type Json = Record<string, unknown>;

export interface Received {
  readonly type: string;
  readonly parent: { readonly msg_id?: string };
  readonly content: Json;
  readonly header: Json;
  readonly metadata: Json;
  readonly buffers: readonly Buffer[];
  readonly at: number;
}

export interface Execution {
  /** Content of the execute_reply. */
  readonly reply: Json;
  /** What came on iopub below the request, status messages included. */
  readonly messages: readonly Received[];
  readonly milliseconds: number;
}

/** Round trips of heartbeats, in milliseconds. */
export interface Beats {
  readonly count: number;
  /** 98 % were not longer. */
  readonly most: number;
  /** The same of an echo that has nothing else to do: what this machine takes now. */
  readonly idle: number;
}

export interface ClientOptions {
  readonly transport?: "tcp" | "ipc";
  readonly env?: NodeJS.ProcessEnv;
  readonly folder?: string;
}

/**
 * Milliseconds after which what a test waits for is taken never to come. No promise of the kernel's: a busy machine takes
 * ten times what a free one does.
 */
const patience = 60_000;

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export class KernelClient {
  readonly folder: string;
  private readonly key: string;
  private readonly session = randomUUID();
  // Jupyter finds a client's stdin socket by the identity of its shell socket.
  private readonly shell = new Dealer({ linger: 0, receiveHighWaterMark: 0, routingId: this.session });
  private readonly control = new Dealer({ linger: 0 });
  private readonly stdin = new Dealer({ linger: 0, routingId: this.session });
  private readonly iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  private readonly heartbeatSocket = new Request({ linger: 0 });
  /** Everything received on iopub, in order. */
  readonly published: Received[] = [];
  private readonly replies = new Map<string, Received>();
  /** Replies received: more than there are in `replied` if a request was answered twice. */
  replyCount = 0;
  private readonly waiters = new Set<() => void>();
  private readonly inputRequests: Received[] = [];
  stderr = "";
  private child: ChildProcess | undefined;
  private ports: number[] = [];
  private closed = false;

  private constructor(
    private readonly options: ClientOptions,
    private readonly other?: KernelClient,
  ) {
    this.folder = options.folder ?? mkdtempSync(join(tmpdir(), "tunelab-kernel-"));
    this.key = other?.key ?? randomUUID();
  }

  /** A second client of this one's kernel. */
  async another(): Promise<KernelClient> {
    const { folder, options } = this;
    const client = new KernelClient({ ...options, folder }, this);
    client.ports = this.ports;
    client.connect();
    await client.welcomed();
    return client;
  }

  /** Where a channel's socket is, to be connected to. */
  address(channel: "shell" | "iopub" | "stdin" | "control" | "heartbeat"): string {
    const port = this.ports[["shell", "iopub", "stdin", "control", "heartbeat"].indexOf(channel)];
    return this.options.transport === "ipc"
      ? `ipc://${join(this.folder, "socket")}-${port}`
      : `tcp://127.0.0.1:${port}`;
  }

  /** Pings the heartbeat from a process of its own until the returned function is called. */
  async probeHeartbeat(): Promise<() => Promise<Beats>> {
    const probe = spawn(process.execPath, [
      fileURLToPath(new URL("./heartbeatProbe.mjs", import.meta.url)),
      this.address("heartbeat"),
    ]);
    let text = "";
    probe.stdout.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
    const ended = new Promise((resolve) => probe.once("close", resolve));
    await new Promise((resolve) => probe.stderr.once("data", resolve));
    return async () => {
      probe.stdin.end();
      await ended;
      const { kernel, idle } = JSON.parse(text) as { kernel: number[]; idle: number[] };
      return { count: kernel.length, most: quantile(kernel, 0.98), idle: quantile(idle, 0.98) };
    };
  }

  /** Sends frames as they are. */
  async sendRaw(channel: "shell" | "control" | "stdin", frames: Buffer[]): Promise<void> {
    await this[channel].send(frames);
  }

  /** Delimiter, signature and the parts. */
  sign(parts: readonly Buffer[]): Buffer[] {
    const hmac = createHmac("sha256", this.key);
    for (const part of parts) hmac.update(part);
    return [Buffer.from("<IDS|MSG>"), Buffer.from(hmac.digest("hex")), ...parts];
  }

  /** Every reply received so far. */
  get replied(): ReadonlyMap<string, Received> {
    return this.replies;
  }

  /** Starts a kernel and waits until it answers. */
  static async start(options: ClientOptions = {}): Promise<KernelClient> {
    const client = new KernelClient(options);
    await client.launch();
    return client;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Of the ended process; null when a signal ended it, or when it runs. */
  get exitCode(): number | null {
    return this.child?.exitCode ?? null;
  }

  get alive(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Sends a request and resolves to its reply. */
  async request(type: string, content: Json, channel: "shell" | "control" = "shell"): Promise<Received> {
    const id = await this.send(type, content, channel);
    return this.until(() => this.replies.get(id), `a reply to ${type}`);
  }

  /** Sends without waiting; returns the message's id. `tamper` may spoil the frames before the buffers. */
  async send(
    type: string,
    content: Json,
    channel: "shell" | "control" | "stdin" = "shell",
    { tamper = (frames: Buffer[]) => frames, buffers = [] as Buffer[] } = {},
  ): Promise<string> {
    const id = randomUUID();
    const header = {
      msg_id: id,
      session: this.session,
      username: "test",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.4",
    };
    const parts = [header, {}, {}, content].map((part) => Buffer.from(JSON.stringify(part)));
    await this[channel].send([...tamper(this.sign(parts)), ...buffers]);
    return id;
  }

  /** Executes a cell and waits for its reply and idle. */
  async execute(code: string, more: Json = {}): Promise<Execution> {
    const begun = performance.now();
    const id = await this.start(code, more);
    return this.finished(id, begun);
  }

  /** Begins to execute a cell; returns the message's id. */
  start(code: string, more: Json = {}): Promise<string> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
      ...more,
    };
    return this.send("execute_request", content);
  }

  async finished(id: string, begun = performance.now(), milliseconds = patience): Promise<Execution> {
    await this.until(
      () => this.replies.get(id) && this.below(id).some(isIdle),
      "the end of a cell",
      milliseconds,
    );
    const reply = this.replies.get(id) as Received;
    const messages = this.below(id);
    return {
      reply: reply.content,
      messages,
      milliseconds: (messages.findLast(isIdle)?.at ?? reply.at) - begun,
    };
  }

  /** Messages on iopub below a request. */
  below(id: string): Received[] {
    return this.published.filter((message) => message.parent.msg_id === id);
  }

  inputRequest(): Promise<Received> {
    return this.until(() => this.inputRequests.shift(), "an input_request");
  }

  /** Round trip of a heartbeat in milliseconds. */
  async heartbeat(): Promise<number> {
    const begun = performance.now();
    await this.heartbeatSocket.send("ping");
    const [answer] = await this.heartbeatSocket.receive();
    if (String(answer) !== "ping") throw new Error(`the heartbeat must echo ping, got ${String(answer)}`);
    return performance.now() - begun;
  }

  /** Waits until `check` gives something. */
  async until<T>(check: () => T | undefined | false, what: string, milliseconds = patience): Promise<T> {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const found = check();
      if (found) return found;
      const left = deadline - performance.now();
      if (left <= 0)
        throw new Error(
          `${what} did not come in ${milliseconds} ms. The kernel said: ${(this.other ?? this).stderr}`,
        );
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          this.waiters.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.min(left, 200));
        this.waiters.add(wake);
      });
    }
  }

  async close(): Promise<void> {
    const { child } = this;
    if (child && this.alive) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      await this.send("shutdown_request", { restart: false }, "control");
      const late = setTimeout(() => child.kill("SIGKILL"), 5000);
      await gone;
      clearTimeout(late);
    }
    this.disconnect();
    if (!this.options.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Closes this client's sockets, and leaves the kernel to itself. */
  disconnect(): void {
    if (this.closed) return;
    this.closed = true;
    for (const socket of [this.shell, this.control, this.stdin, this.iopub, this.heartbeatSocket])
      socket.close();
  }

  private async launch(): Promise<void> {
    const { transport = "tcp" } = this.options;
    this.ports = transport === "ipc" ? [1, 2, 3, 4, 5] : await freePorts(5);
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = this.ports;
    const ip = transport === "ipc" ? join(this.folder, "socket") : "127.0.0.1";
    const file = join(this.folder, "connection.json");
    const connection = {
      transport,
      ip,
      shell_port,
      iopub_port,
      stdin_port,
      control_port,
      hb_port,
      key: this.key,
      signature_scheme: "hmac-sha256",
    };
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
    const [node, ...args] = kernelSpec({ node: process.env.TUNELAB_TEST_NODE ?? process.execPath }).argv;
    this.child = spawn(
      node,
      args.map((arg) => (arg === "{connection_file}" ? file : arg)),
      {
        cwd: this.folder,
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, TUNELAB_HISTORY: join(this.folder, "history"), ...this.options.env },
      },
    );
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.connect();
    await this.welcomed();
  }

  private async welcomed(): Promise<void> {
    await this.until(() => this.published.some(({ type }) => type === "iopub_welcome"), "iopub_welcome");
    await this.request("kernel_info_request", {});
  }

  private connect(): void {
    this.iopub.connect(this.address("iopub"));
    this.iopub.subscribe();
    this.shell.connect(this.address("shell"));
    this.control.connect(this.address("control"));
    this.stdin.connect(this.address("stdin"));
    this.heartbeatSocket.connect(this.address("heartbeat"));
    this.heartbeatSocket.receiveTimeout = 10_000;
    void this.receive(this.iopub, (message) => this.published.push(message));
    const reply = (message: Received) => {
      this.replyCount++;
      this.replies.set(message.parent.msg_id ?? "", message);
    };
    void this.receive(this.shell, reply);
    void this.receive(this.control, reply);
    void this.receive(this.stdin, (message) => this.inputRequests.push(message));
  }

  private async receive(socket: Dealer | Subscriber, take: (message: Received) => void): Promise<void> {
    for await (const frames of socket) {
      take(this.decode(frames as Buffer[]));
      for (const wake of [...this.waiters]) wake();
    }
  }

  private decode(frames: readonly Buffer[]): Received {
    const at = frames.findIndex((frame) => String(frame) === "<IDS|MSG>");
    const [signature, ...parts] = frames.slice(at + 1);
    const hmac = createHmac("sha256", this.key);
    for (const part of parts.slice(0, 4)) hmac.update(part);
    if (hmac.digest("hex") !== String(signature)) throw new Error("the kernel signed a message wrongly");
    const [header, parent, metadata, content] = parts
      .slice(0, 4)
      .map((part) => JSON.parse(String(part)) as Json);
    return {
      type: String(header?.msg_type),
      header: header ?? {},
      parent: parent ?? {},
      content: content ?? {},
      metadata: metadata ?? {},
      buffers: parts.slice(4),
      at: performance.now(),
    };
  }
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function isIdle(message: Received): boolean {
  return message.type === "status" && message.content.execution_state === "idle";
}

/** All text of one stream, joined. */
export function streamText({ messages }: Execution, name: "stdout" | "stderr" = "stdout"): string {
  return messages
    .filter(({ type, content }) => type === "stream" && content.name === name)
    .map(({ content }) => content.text)
    .join("");
}

/** `text/plain` of the result, if there is one. */
export function resultText({ messages }: Execution): unknown {
  const result = messages.find(({ type }) => type === "execute_result");
  return (result?.content.data as Json | undefined)?.["text/plain"];
}
