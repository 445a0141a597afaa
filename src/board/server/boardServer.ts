/** A board's server: listens, reads what is new while somebody watches, answers. */
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BoardSettings } from "../options.js";
import type { Answered } from "../source/answer.js";
import type { BoardSources } from "../sources.js";
import { tokenParameter } from "./access.js";
import { withChosenMedia } from "./chosenMedia.js";
import { EventStream } from "./eventStream.js";
import { LiveBoard } from "./liveBoard.js";
import { respond } from "./requests.js";

export interface ServerOptions {
  readonly settings: BoardSettings;
  /** Called again and again: runs come and go. */
  readonly find: () => BoardSources;
  /** 0: any free one. */
  readonly port: number;
  /** A name or address of this machine. */
  readonly host: string;
  /** 192 random bits unless given. */
  readonly token?: string;
}

/** Milliseconds between two looks at the files, and how many times as long as the look itself took. */
const pause = 250;
const share = 4;

/** Invariant: one refresh at a time. */
export class BoardServer {
  readonly #server: Server;
  readonly #live: LiveBoard;
  readonly #events: EventStream;
  readonly #options: Required<ServerOptions>;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  private constructor(options: ServerOptions) {
    this.#options = { token: randomBytes(24).toString("base64url"), ...options };
    this.#live = new LiveBoard(options.find, options.settings);
    this.#events = new EventStream(() => ({ version: this.#live.version }));
    this.#server = createServer((request, response) => {
      void respond(request, response, {
        rules: { token: this.#options.token, host: this.#options.host, port: this.port },
        events: this.#events,
        answered: () => this.#answered(),
      }).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  /** Resolves when it listens. Rejects with what the system says of the port, or how to go on where another has it. */
  static async start(options: ServerOptions): Promise<BoardServer> {
    const made = new BoardServer(options);
    await new Promise<void>((resolve, reject) => {
      made.#server.once("error", (error: NodeJS.ErrnoException) => reject(taken(error, options)));
      made.#server.listen(options.port, options.host, resolve);
    });
    void made.#readOn();
    return made;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** With the token. */
  get url(): string {
    const { host, token } = this.#options;
    const everywhere = host === "0.0.0.0" || host === "::";
    const name = everywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
    return `http://${name}:${this.port}/?${tokenParameter}=${token}`;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#events.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answered(): Answered {
    const { settings } = this.#options;
    const origin = { live: true, thinned: [], unread: this.#live.unread };
    const { data } = this.#live;
    const read = settings.kinds ?? [];
    const chosen: Answered["chosen"] = (question, tell) => withChosenMedia(data, question, { read, tell });
    return { data, settings, origin, chosen };
  }

  async #readOn(): Promise<void> {
    const start = performance.now();
    try {
      if (this.#events.watched || this.#live.version === 0)
        await this.#live.refresh(() => this.#events.tell());
    } catch (error) {
      // Whoever watches is told, and what was read stays: the next look may find all well.
      this.#live.fail(error);
      this.#events.tell();
    }
    if (this.#closed) return;
    const took = performance.now() - start;
    this.#timer = setTimeout(() => void this.#readOn(), Math.max(pause, share * took));
  }
}

function taken(error: NodeJS.ErrnoException, { port }: ServerOptions): Error {
  if (error.code !== "EADDRINUSE") return error;
  return new Error(`port ${port} is taken by another program; without a number any free one is taken`);
}
