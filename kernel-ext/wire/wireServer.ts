/** A kernel's five sockets: receives verified messages, sends replies and output. */
import { Worker } from "node:worker_threads";
import { Router, XPublisher } from "zeromq";
import { collectGarbage } from "./collectGarbage.js";
import { address, type Connection } from "./connection.js";
import { type Content, type Header, type Message, MessageCodec, RefusedMessage } from "./message.js";
import { mostWaiting, PatientPublisher } from "./patientPublisher.js";
import { SendQueue } from "./sendQueue.js";

export type Channel = "shell" | "control";

export interface WireHandler {
  /** A request on shell or control. Must not throw. */
  request(channel: Channel, message: Message): void;
  /** An answer on stdin. */
  inputReply(message: Message): void;
  /** Something was refused or failed; the server goes on. */
  problem(text: string): void;
}

/**
 * Largest frame taken, in bytes: zeromq parts from a client that announces more, before it has any of it. Jupyter's
 * server takes messages of 10 MB from a browser. How many frames a message has zeromq does not limit, and gives them
 * only when it has all: who can reach a port can make the kernel hold a large message, if only until it is refused.
 */
const longestFrame = 32 * 1024 * 1024;
/** Bytes of refused messages for which the memory is freed at once. */
const muchRefused = 16 * 1024 * 1024;
const longestSubscription = 64 * 1024;
/** Output that waits for clients before the session has to. */
const mostBehind = { messages: 500, bytes: 32 * 1024 * 1024 };
/** How long output waits for the first subscriber, in milliseconds: clients connect when the sockets are there. */
const subscriberPatience = 250;
/** From the end of a heartbeat to the next, in milliseconds. */
const beatPause = 200;

/**
 * Invariants: nothing that failed verification reaches the handler; output on iopub leaves in the order of `publish`.
 */
export class WireServer {
  private readonly codec: MessageCodec;
  private readonly routers = { shell: newRouter(), control: newRouter(), stdin: newRouter() };
  /** XPUB tells of subscriptions, so that a new client can be welcomed. */
  private readonly iopub = new XPublisher({
    sendHighWaterMark: mostWaiting,
    linger: 1000,
    verbosity: "allSubs",
    maxMessageSize: longestSubscription,
  });
  private readonly publisher: PatientPublisher;
  private openOutput: () => void = () => {};
  /**
   * Settles with the first welcome, or when nobody comes. What is sent before would reach a subscriber whom zeromq
   * knows and we do not yet, ahead of its welcome.
   */
  private readonly subscribed = new Promise<void>((resolve) => {
    this.openOutput = resolve;
  });
  private readonly queues: Record<"shell" | "control" | "stdin" | "iopub", SendQueue>;
  /** The thread that answers. */
  private heartbeat: Worker | undefined;
  private nextBeat: NodeJS.Timeout | undefined;
  /** Bytes, since memory was freed for them. */
  private refusedBytes = 0;

  constructor(
    private readonly connection: Connection,
    private readonly handler: WireHandler,
  ) {
    this.codec = new MessageCodec(connection.key);
    const failed = (error: unknown) => handler.problem(`sending failed: ${String(error)}`);
    const queue = (socket: { send(frames: Buffer[]): Promise<void> }) => new SendQueue(socket, failed);
    this.publisher = new PatientPublisher(this.iopub, (text) => handler.problem(text));
    this.queues = {
      shell: queue(this.routers.shell),
      control: queue(this.routers.control),
      stdin: queue(this.routers.stdin),
      iopub: new SendQueue(this.publisher, failed, this.subscribed),
    };
  }

  /**
   * Resolves when the sockets are bound, all but the heartbeat's: see `beat`. With ipc no process may be started before
   * that: it would inherit the mask under which the sockets' files are made.
   */
  async start(): Promise<void> {
    const { connection, routers } = this;
    await privately(connection, () =>
      Promise.all([
        routers.shell.bind(address(connection, connection.shellPort)),
        routers.control.bind(address(connection, connection.controlPort)),
        routers.stdin.bind(address(connection, connection.stdinPort)),
        this.iopub.bind(address(connection, connection.iopubPort)),
      ]),
    );
    void this.receive(routers.shell, (message) => this.handler.request("shell", message));
    void this.receive(routers.control, (message) => this.handler.request("control", message));
    void this.receive(routers.stdin, (message) => this.handler.inputReply(message));
    void this.welcome();
    setTimeout(this.openOutput, subscriberPatience).unref();
  }

  /**
   * Answers heartbeats from now on. Apart from `start`, as a thread takes longer to come up than a socket. Rejects when
   * the address is taken.
   */
  async beat(): Promise<void> {
    const { connection } = this;
    const heartbeat = new Worker(new URL("../wire/heartbeatThread.js", import.meta.url), {
      workerData: { address: address(connection, connection.heartbeatPort) },
    });
    await new Promise<void>((resolve, reject) => {
      heartbeat.once("error", reject);
      heartbeat.once("message", () => {
        heartbeat.off("error", reject);
        this.keepBeating(heartbeat);
        resolve();
      });
    });
  }

  /** Answers `message` on its channel. */
  reply(channel: Channel, message: Message, type: string, content: Content): void {
    this.queues[channel].push([...message.identities, ...this.codec.encode(type, message.header, content)]);
  }

  /** Sends on iopub. */
  publish(
    type: string,
    parent: Partial<Header>,
    content: Content,
    { metadata = {}, buffers = [] }: { metadata?: Content; buffers?: readonly Buffer[] } = {},
  ): void {
    const frames = this.codec.encode(type, parent, content, metadata);
    this.queues.iopub.push([Buffer.from(`kernel.${type}`), ...frames, ...buffers]);
  }

  /** Asks the client that sent `message` for input. */
  requestInput(message: Message, prompt: string, password: boolean): void {
    const frames = this.codec.encode("input_request", message.header, { prompt, password });
    this.queues.stdin.push([...message.identities, ...frames]);
  }

  /** So much output is not yet with zeromq that no more should be made: clients are behind. */
  get behind(): boolean {
    const { length, bytes } = this.queues.iopub;
    return length >= mostBehind.messages || bytes >= mostBehind.bytes;
  }

  /** Resolves when everything sent so far is with zeromq. */
  async drained(): Promise<void> {
    await Promise.all(Object.values(this.queues).map((queue) => queue.drained()));
  }

  async stop(): Promise<void> {
    this.publisher.hurryUp();
    await this.drained();
    for (const socket of Object.values(this.routers)) socket.close();
    this.iopub.close();
    const { heartbeat } = this;
    this.heartbeat = undefined;
    clearTimeout(this.nextBeat);
    if (!heartbeat) return;
    // A thread that is killed while it uses zeromq takes the process with it: it closes its socket and ends itself.
    const ended = new Promise((resolve) => heartbeat.once("exit", resolve));
    heartbeat.postMessage("stop");
    await ended;
  }

  /** A thread that ends although nobody stopped it is replaced: clients take a kernel without heartbeat for dead. */
  private keepBeating(heartbeat: Worker): void {
    this.heartbeat = heartbeat;
    let why = "its thread ended";
    heartbeat.once("error", (error) => {
      why = String(error);
    });
    heartbeat.once("exit", () => {
      if (this.heartbeat !== heartbeat) return;
      this.heartbeat = undefined;
      this.beatAgain(why);
    });
  }

  private beatAgain(why: string): void {
    this.handler.problem(`the heartbeat stopped and is started again: ${why}`);
    this.nextBeat = setTimeout(() => {
      this.beat().catch((error: unknown) => this.beatAgain(String(error)));
    }, beatPause);
  }

  private async receive(socket: Router, take: (message: Message) => void): Promise<void> {
    for await (const frames of socket) {
      try {
        take(this.codec.decode(frames));
      } catch (error) {
        const refused = error instanceof RefusedMessage;
        const what = refused ? "a message was refused" : "the kernel failed at a message and goes on";
        this.handler.problem(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        if (refused) this.letGo(frames);
      }
    }
  }

  /** The loop that received it refers to a message until it gets the next. */
  private letGo(frames: Buffer[]): void {
    for (const { length } of frames) this.refusedBytes += length;
    frames.length = 0;
    if (this.refusedBytes < muchRefused) return;
    this.refusedBytes = 0;
    setImmediate(collectGarbage);
  }

  /** Says hello to each new subscriber: it then knows that it misses no output from here on. */
  private async welcome(): Promise<void> {
    for await (const [event] of this.iopub) {
      if (event?.[0] !== 1) continue;
      const subscription = event.subarray(1);
      const frames = this.codec.encode("iopub_welcome", {}, { subscription: subscription.toString("utf8") });
      this.queues.iopub.pushFirst([subscription, ...frames]);
      this.openOutput();
    }
  }
}

function newRouter(): Router {
  return new Router({ sendHighWaterMark: 0, linger: 1000, maxMessageSize: longestFrame });
}

/** Binds so that the files of ipc sockets are for this user alone. */
async function privately(connection: Connection, bind: () => Promise<unknown>): Promise<void> {
  if (connection.transport !== "ipc") {
    await bind();
    return;
  }
  const before = process.umask(0o177);
  try {
    await bind();
  } finally {
    process.umask(before);
  }
}
