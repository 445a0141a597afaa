/** Sends on one socket, one message after the other. */
import { setImmediate as turn } from "node:timers/promises";

interface Sender {
  send(frames: Buffer[]): Promise<void>;
}

/**
 * Invariants: messages leave in the order of `push`, after those of `pushFirst`; never two sends at once (zeromq drops
 * what exceeds some 500 in one turn); `drained` resolves when all pushed before are with zeromq.
 */
export class SendQueue {
  private readonly waiting: Buffer[][] = [];
  private size = 0;
  private sending: Promise<void> | undefined;

  /**
   * @param failed is told a send that failed; the queue goes on with the next.
   * @param opened Until it settles, messages wait.
   */
  constructor(
    private readonly socket: Sender,
    private readonly failed: (error: unknown) => void,
    private readonly opened: Promise<void> = Promise.resolve(),
  ) {}

  push(frames: Buffer[]): void {
    this.waiting.push(frames);
    this.size += sizeOf(frames);
    this.sending ??= this.drain();
  }

  /** Goes before all that is waiting. */
  pushFirst(frames: Buffer[]): void {
    this.waiting.unshift(frames);
    this.size += sizeOf(frames);
    this.sending ??= this.drain();
  }

  get length(): number {
    return this.waiting.length;
  }

  /** Bytes of the messages that wait. */
  get bytes(): number {
    return this.size;
  }

  async drained(): Promise<void> {
    await this.sending;
  }

  private async drain(): Promise<void> {
    await this.opened;
    // What has come in by now is seen first: it may have something to say before the others.
    await turn();
    let frames = this.waiting.shift();
    while (frames) {
      this.size -= sizeOf(frames);
      try {
        await this.socket.send(frames);
      } catch (error) {
        this.failed(error);
      }
      frames = this.waiting.shift();
    }
    this.sending = undefined;
  }
}

function sizeOf(frames: readonly Buffer[]): number {
  return frames.reduce((sum, { length }) => sum + length, 0);
}
