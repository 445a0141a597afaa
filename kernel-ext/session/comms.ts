/** Comms: named two-way connections between code in the notebook and code in the client, such as a widget. */
import { randomUUID } from "node:crypto";
import type { CommCommand, SessionEvent } from "./protocol.js";

export interface CommMessage {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
}

export interface CommOptions {
  readonly metadata?: Record<string, unknown>;
  readonly buffers?: readonly Uint8Array[];
}

/** Lifecycle: open from the start; after `close`, from either side, nothing is sent or received. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** Throws an Error when the comm is closed. */
  send(data: Record<string, unknown>, options?: CommOptions): void;
  close(data?: Record<string, unknown>): void;
  onMessage?: (message: CommMessage) => unknown;
  /** The client closed it. */
  onClose?: (message: CommMessage) => unknown;
}

type Opened = (comm: Comm, message: CommMessage) => unknown;

/** TypeScript declarations of the global `comms`, for the checker. */
export const commDeclarations = `
interface CommMessage {
  readonly data: Record<string, any>;
  readonly metadata: Record<string, any>;
  readonly buffers: readonly Uint8Array[];
}
interface CommOptions {
  readonly metadata?: Record<string, unknown>;
  readonly buffers?: readonly Uint8Array[];
}
/** A two-way connection to code in the client. */
interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: Record<string, unknown>, options?: CommOptions): void;
  close(data?: Record<string, unknown>): void;
  onMessage?: (message: CommMessage) => unknown;
  /** The client closed it. */
  onClose?: (message: CommMessage) => unknown;
}
/** Connections to code in the client: widgets and their like. */
declare const comms: {
  /** Calls \`opened\` for each comm that a client opens to \`target\`. */
  register(target: string, opened: (comm: Comm, message: CommMessage) => unknown): void;
  /** Opens a comm to \`target\` in the clients. */
  open(target: string, data?: Record<string, unknown>, options?: CommOptions): Comm;
};
`;

/** Invariant: the front hears of every comm that opens or closes here, and of every target. */
export class Comms {
  private readonly targets = new Map<string, Opened>();
  private readonly comms = new Map<string, Comm>();

  /** @param cell the cell that what is sent now belongs to. */
  constructor(
    private readonly emit: (event: SessionEvent) => void,
    private readonly cell: () => number,
  ) {}

  /** What cells see as `comms`. */
  readonly global = Object.freeze({
    register: (target: string, opened: Opened): void => {
      if (typeof opened !== "function") {
        throw new TypeError(`comms.register takes a target and a function, got ${typeof opened}`);
      }
      this.targets.set(String(target), opened);
      this.emit({ type: "commTarget", target: String(target) });
    },
    open: (target: string, data: Record<string, unknown> = {}, options: CommOptions = {}): Comm => {
      const comm = this.comm(randomUUID(), String(target));
      this.send("comm_open", comm, data, options);
      this.comms.set(comm.id, comm);
      return comm;
    },
  });

  /** Gives a client's message to whom it is for. Rejects with what the handler threw. */
  async deliver({ action, id, target, ...given }: CommCommand): Promise<void> {
    const message = { ...given, buffers: given.buffers.map((text) => Buffer.from(text, "base64")) };
    if (action === "comm_open") return this.opened(this.comm(id, target), message);
    const comm = this.comms.get(id);
    if (action === "comm_msg") await comm?.onMessage?.(message);
    else if (comm) {
      this.comms.delete(id);
      await comm.onClose?.(message);
    }
  }

  private async opened(comm: Comm, message: CommMessage): Promise<void> {
    this.comms.set(comm.id, comm);
    try {
      const opened = this.targets.get(comm.target);
      if (!opened) throw new RangeError(`no comm target is called ${comm.target}`);
      await opened(comm, message);
    } catch (error) {
      // As the protocol wants it: what could not be opened is closed again.
      comm.close();
      throw error;
    }
  }

  private comm(id: string, target: string): Comm {
    const comm: Comm = {
      id,
      target,
      send: (data, options = {}) => {
        if (this.comms.get(id) !== comm)
          throw new Error(`the comm to ${target} is closed: nothing can be sent`);
        this.send("comm_msg", comm, data, options);
      },
      close: (data = {}) => {
        if (this.comms.delete(id)) this.send("comm_close", comm, data, {});
      },
    };
    return comm;
  }

  private send(
    action: CommCommand["action"],
    { id, target }: Comm,
    data: Record<string, unknown>,
    { metadata = {}, buffers = [] }: CommOptions,
  ): void {
    const encoded = buffers.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
    );
    this.emit({ type: "comm", cell: this.cell(), action, id, target, data, metadata, buffers: encoded });
  }
}
