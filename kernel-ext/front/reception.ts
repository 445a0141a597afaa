/** Listens while the rest of the kernel is still read: a client that finds nobody tries again only 100 ms later. */
import type { Connection } from "../wire/connection.js";
import type { Message } from "../wire/message.js";
import { type Channel, type WireHandler, WireServer } from "../wire/wireServer.js";
import { kernelInfo } from "./kernelInfo.js";

/**
 * Invariant: before `open`, who asks what this kernel is gets the answer at once, and all else waits; from `open` on
 * the handler gets everything, in the order it came.
 */
export class Reception {
  readonly wire: WireServer;
  private handler: WireHandler | undefined;
  private readonly early: ((handler: WireHandler) => void)[] = [];

  constructor(connection: Connection) {
    this.wire = new WireServer(connection, {
      request: (channel, message) => this.request(channel, message),
      inputReply: (message) => this.pass((handler) => handler.inputReply(message)),
      problem: (text) => this.pass((handler) => handler.problem(text)),
    });
  }

  /** Resolves when clients can connect. Rejects when an address is taken. */
  async listen(): Promise<void> {
    await this.wire.start();
    this.wire.publish("status", {}, { execution_state: "starting" });
  }

  /** To be called once. */
  open(handler: WireHandler): void {
    this.handler = handler;
    for (const give of this.early.splice(0)) give(handler);
  }

  private request(channel: Channel, message: Message): void {
    const isFirst = this.early.length === 0 && !this.handler;
    if (isFirst && message.header.msg_type === "kernel_info_request") this.introduce(channel, message);
    else this.pass((handler) => handler.request(channel, message));
  }

  private introduce(channel: Channel, message: Message): void {
    this.wire.publish("status", message.header, { execution_state: "busy" });
    this.wire.reply(channel, message, "kernel_info_reply", { ...kernelInfo });
    this.wire.publish("status", message.header, { execution_state: "idle" });
  }

  private pass(give: (handler: WireHandler) => void): void {
    if (this.handler) give(this.handler);
    else this.early.push(give);
  }
}
