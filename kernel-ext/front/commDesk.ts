/** The comms that are open between this kernel's session and its clients. */
import type { CommCommand, CommEvent } from "../session/protocol.js";
import type { Content, Header, Message } from "../wire/message.js";

export interface CommCalls {
  publish(
    type: string,
    parent: Partial<Header>,
    content: Content,
    more: { metadata: Content; buffers: readonly Buffer[] },
  ): void;
  /** Gives a client's message to the session, after what was sent there before. */
  deliver(message: Message, command: CommCommand): void;
  log(text: string): void;
}

/** Invariant: a comm is in `open` from the message that opened it, from either side, to the one that closed it. */
export class CommDesk {
  /** Target by id. */
  private readonly open = new Map<string, string>();
  private readonly targets = new Set<string>();

  constructor(private readonly calls: CommCalls) {}

  /** A `comm_open`, `comm_msg` or `comm_close` of a client's, with valid content. */
  fromClient(message: Message): void {
    const { content, header } = message;
    const action = header.msg_type as CommCommand["action"];
    const id = String(content.comm_id);
    const target = action === "comm_open" ? String(content.target_name) : this.open.get(id);
    if (target === undefined) {
      this.calls.log(`${action} of a comm that is not open: ${JSON.stringify(id.slice(0, 80))}`);
      return;
    }
    if (action === "comm_open" && !this.targets.has(target)) {
      // The protocol wants a comm to an unknown target closed again.
      this.close(id, header);
      return;
    }
    if (action === "comm_close") this.open.delete(id);
    else this.open.set(id, target);
    this.calls.deliver(message, {
      action,
      id,
      target,
      data: (content.data ?? {}) as Content,
      metadata: message.metadata,
      buffers: message.buffers.map((buffer) => buffer.toString("base64")),
    });
  }

  /** What code of a cell sends. */
  fromSession({ action, id, target, data, metadata, buffers }: CommEvent, parent: Partial<Header>): void {
    if (action === "comm_close") this.open.delete(id);
    else if (action === "comm_open") this.open.set(id, target);
    const content = { comm_id: id, data, ...(action === "comm_open" && { target_name: target }) };
    this.calls.publish(action, parent, content, {
      metadata,
      buffers: buffers.map((text) => Buffer.from(text, "base64")),
    });
  }

  /** The session listens for comms to `target`. */
  register(target: string): void {
    this.targets.add(target);
  }

  /** Content of a `comm_info_reply`: all that are open, or those to one target. */
  info(target: unknown): Content {
    const entries = [...this.open].filter(([, one]) => typeof target !== "string" || one === target);
    return {
      status: "ok",
      comms: Object.fromEntries(entries.map(([id, target_name]) => [id, { target_name }])),
    };
  }

  /** The session is new: no comm of the one before is left. */
  forget(): void {
    for (const id of this.open.keys()) this.close(id, {});
    this.open.clear();
    this.targets.clear();
  }

  private close(id: string, parent: Partial<Header>): void {
    this.calls.publish("comm_close", parent, { comm_id: id, data: {} }, { metadata: {}, buffers: [] });
  }
}
