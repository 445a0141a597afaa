/** Server-sent events: tells pages that something has changed, at most four times a second. */
import type { ServerResponse } from "node:http";

const leastPause = 250;
/** Milliseconds after which a proxy may take a silent connection for a dead one. */
const silence = 15_000;

export class EventStream {
  readonly #listeners = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  readonly #beat: NodeJS.Timeout;

  /** @param state what is told, taken when it is told. */
  constructor(readonly state: () => object) {
    this.#beat = setInterval(() => this.#write(": still here\n\n"), silence);
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  add(response: ServerResponse): void {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // Proxies such as nginx hold answers back without it.
      "x-accel-buffering": "no",
    });
    response.write(`retry: 1000\n\n${this.#message()}`);
    this.#listeners.add(response);
    response.on("close", () => this.#listeners.delete(response));
  }

  /** Soon, together with what else changes until then. */
  tell(): void {
    if (this.#timer) return;
    const wait = Math.max(0, this.#last + leastPause - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#last = Date.now();
      this.#write(this.#message());
    }, wait);
  }

  close(): void {
    clearInterval(this.#beat);
    clearTimeout(this.#timer);
    for (const response of this.#listeners) response.end();
  }

  #message(): string {
    return `data: ${JSON.stringify(this.state())}\n\n`;
  }

  #write(text: string): void {
    for (const response of this.#listeners) response.write(text);
  }
}
