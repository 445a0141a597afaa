/** Output for clients that read at their own pace, or not at all: waits for the slow, and gives up on who has stopped. */
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import type { XPublisher } from "zeromq";

/**
 * Messages that wait for one subscriber inside zeromq, beside what its connection holds and, in jupyter_client, 1,000
 * messages of its own. Few, since a message may be a picture of 100 MB; enough that a flood of small ones is no slower:
 * a subscriber that reads is handed them in less than a millisecond.
 */
export const mostWaiting = 32;
/** How long a subscriber may take nothing before messages pass it by, in milliseconds. */
const patience = 5000;
/** The same, as long as one has stopped. */
const glance = 5;
/** Messages that pass by after a look at who has stopped: those who read have time to take as many. */
const passing = mostWaiting / 2;

/** The socket, with `mostWaiting` for its sendHighWaterMark. */
export type Publishing = Pick<XPublisher, "send" | "noDrop">;

/**
 * Invariants: each message is with every subscriber that took one in the last 5 s, or read anything at all meanwhile;
 * no subscriber holds more than `mostWaiting` messages in this process; one that has stopped delays the kernel once by
 * 5 s, then by 5 ms for each 16 messages, until it reads again. zeromq's own ways are to lose what exceeds a limit at
 * once, which a flood of displays does to any client, or to keep all of it. So there is no bound on what a cell shows
 * in all: a training that draws for a night shows more than any sensible one, and its memory is the client's.
 */
export class PatientPublisher {
  private stopped = false;
  /** Messages left that are sent without waiting. */
  private pass = 0;
  private hurry = false;
  private waits = false;

  /** @param told hears that a subscriber has stopped. */
  constructor(
    private readonly socket: Publishing,
    private readonly told: (text: string) => void,
  ) {}

  async send(frames: Buffer[]): Promise<void> {
    if (this.pass > 0) this.pass--;
    else if (await this.reachesAll(frames)) {
      this.stopped = false;
      return;
    } else this.giveUp();
    this.waitForAll(false);
    await this.socket.send(frames);
  }

  /** From now on nobody is waited for. */
  hurryUp(): void {
    this.hurry = true;
  }

  private async reachesAll(frames: Buffer[]): Promise<boolean> {
    this.waitForAll(true);
    const begun = performance.now();
    for (let tries = 0; ; tries++) {
      try {
        await this.socket.send(frames);
        return true;
      } catch (error) {
        // With noDrop, EAGAIN: nobody was given the message, as a subscriber has no room for it.
        if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      }
      const waited = performance.now() - begun;
      if (waited >= (this.stopped ? glance : patience) || this.hurry) return false;
      await (tries < 20 ? turn() : sleep(1));
    }
  }

  private giveUp(): void {
    if (!this.stopped) this.told("a client has stopped reading output: until it reads again, it loses some");
    this.stopped = true;
    this.pass = passing;
  }

  /** libzmq looks at the option with each message; zeromq's binding does not know that, and would warn. */
  private waitForAll(waits: boolean): void {
    if (waits === this.waits) return;
    this.waits = waits;
    const { emitWarning } = process;
    process.emitWarning = () => undefined;
    try {
      this.socket.noDrop = waits;
    } finally {
      process.emitWarning = emitWarning;
    }
  }
}
