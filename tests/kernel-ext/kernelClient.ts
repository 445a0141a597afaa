/** A Jupyter client for tests: starts a real kernel from dist/ and talks to it over zeromq. Shares with it how it is started, and no more. */
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";
import { Arrivals } from "./arrivals.js";
import { type Beats, probeHeartbeat } from "./heartbeatProbe.js";
import { freePorts, startKernelProcess } from "./kernelProcess.js";
import { type Json, type Received, readFrames, signFrames } from "./signedFrames.js";

export type { Received };

export interface Execution {
  /** Content of the execute_reply. */
  readonly reply: Json;
  /** What came on iopub below the request, status messages included. */
  readonly messages: readonly Received[];
  readonly milliseconds: number;
}

export interface ClientOptions {
  readonly transport?: "tcp" | "ipc";
  readonly env?: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** Whose build is started. Default: this one's. */
  readonly checkout?: string;
}

/**
 * Milliseconds after which what a test waits for is taken never to come. No promise of the kernel's: a busy machine takes
 * ten times what a free one does.
 */
const patience = 60_000;

const channels = ["shell", "iopub", "stdin", "control", "heartbeat"] as const;

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
  private readonly arrivals = new Arrivals();
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
  address(channel: (typeof channels)[number]): string {
    const port = this.ports[channels.indexOf(channel)];
    const { transport, ip } = this.place;
    return transport === "ipc" ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
  }

  private get place(): { transport: "tcp" | "ipc"; ip: string } {
    const { transport = "tcp" } = this.options;
    return { transport, ip: transport === "ipc" ? join(this.folder, "socket") : "127.0.0.1" };
  }

  /** Pings the heartbeat from a process of its own until the returned function is called. */
  probeHeartbeat(): Promise<() => Promise<Beats>> {
    return probeHeartbeat(this.address("heartbeat"));
  }

  /** Sends frames as they are. */
  async sendRaw(channel: "shell" | "control" | "stdin", frames: Buffer[]): Promise<void> {
    await this[channel].send(frames);
  }

  /** Delimiter, signature and the parts. */
  sign(parts: readonly Buffer[]): Buffer[] {
    return signFrames(parts, this.key);
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

  /** Resolves when the kernel has read all requests sent so far, of which it answers those that run code in their turn. */
  async heard(): Promise<void> {
    await this.request("kernel_info_request", {});
  }

  /** What a cell awaits until `open` is called: it does not end before the test has come as far, however slow the machine. */
  gate(): { readonly code: string; open(): void } {
    const file = join(this.folder, `gate-${randomUUID()}`);
    const code = `(async () => { while (!require("node:fs").existsSync(${JSON.stringify(file)})) await new Promise((go) => setTimeout(go, 10)); })()`;
    return { code, open: () => writeFileSync(file, "") };
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
    const found = await this.arrivals.until(check, milliseconds);
    if (found !== undefined) return found;
    const { stderr } = this.other ?? this;
    throw new Error(`${what} did not come in ${milliseconds} ms. The kernel said: ${stderr}`);
  }

  async close(): Promise<void> {
    const { child } = this;
    if (child && this.alive) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      await this.send("shutdown_request", { restart: false }, "control");
      const late = setTimeout(() => child.kill("SIGKILL"), patience);
      await gone;
      clearTimeout(late);
    }
    this.disconnect();
    // Processes of a kernel that a test has killed may still be writing.
    if (!this.options.folder) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Closes this client's sockets, and leaves the kernel to itself. */
  disconnect(): void {
    if (this.closed) return;
    this.closed = true;
    for (const socket of [this.shell, this.control, this.stdin, this.iopub, this.heartbeatSocket])
      socket.close();
  }

  private async launch(): Promise<void> {
    this.ports = await freePorts(this.place.transport);
    const { ports, key } = this;
    this.child = startKernelProcess({ ...this.place, ports, key }, this.folder, this.options);
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
      take(readFrames(frames as Buffer[], this.key));
      this.arrivals.came();
    }
  }
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
