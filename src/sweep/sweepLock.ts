/** At most one coordinator a sweep: a file that names the process that has it. */
import { join } from "node:path";
import { heartbeatEvery, ownerAlive, staleAfter, thisOwner } from "../track/owner.js";
import type { Owner } from "../track/runRecord.js";
import { changedAt, giveBack, isGone, ownerIn, secondsSince, showLife, take } from "./lockFile.js";
import { journalFile } from "./sweepRecord.js";

export interface LockOptions {
  /** Take it from a process of another machine too, once that gave no sign of life for a minute. Default false. */
  readonly takeOver?: boolean;
  /** Told once when a sign of life cannot be given, so that who has the sweep is not known. It goes on until it appends. */
  readonly onFault?: (error: Error) => void;
}

/**
 * Takes the sweep for this process. A lock whose process is gone is taken over.
 *
 * Set-up has a lock of the same policy (scripts/setup/setupLock.mjs), which must work before anything is built.
 *
 * @throws RangeError when another process has it: one that lives, or of another machine.
 */
export function lockSweep(dir: string, { takeOver = false, onFault }: LockOptions = {}): SweepLock {
  const file = lockFile(dir);
  const mine = JSON.stringify(thisOwner());
  const age = () => secondsSince(file, journalFile(dir));
  const owner = take(file, mine, (one) => isGone(one, () => takeOver && age() > staleAfter));
  if (owner) throw new RangeError(refusal(dir, owner, { takeOver, seconds: age() }));
  return new SweepLock(dir, mine, onFault);
}

/** A sweep that this process has: it gives signs of life, by which it also sees whether another one has taken it. */
export class SweepLock {
  /** Aborted once another process has the sweep, with an `Error` that says which. */
  readonly lost: AbortSignal;
  readonly #lost = new AbortController();
  readonly #file: string;
  readonly #timer: NodeJS.Timeout;
  /** When it was last looked who has it, in milliseconds; and whether that failed. */
  #looked = Date.now();
  #isFaulty = false;
  #isReleased = false;

  constructor(
    private readonly dir: string,
    private readonly mine: string,
    onFault?: (error: Error) => void,
  ) {
    this.lost = this.#lost.signal;
    this.#file = lockFile(dir);
    let wasTold = false;
    const beat = (): void => {
      try {
        this.#look();
      } catch (error) {
        if (!wasTold) onFault?.(error as Error);
        wasTold = true;
      }
    };
    this.#timer = setInterval(beat, heartbeatEvery * 1000).unref();
  }

  /**
   * Throws the reason of `lost` once another process has the sweep: looked for with each sign of life, or when none was for
   * long. Where the last could not be given another is tried, and what the file system says of that is thrown.
   */
  assertHeld(): void {
    // A process that was halted, or its machine, does not know how long.
    if (this.#isFaulty || Math.abs(Date.now() - this.#looked) > heartbeatEvery * 1000) this.#look();
    this.lost.throwIfAborted();
  }

  /** Gives the sweep back. */
  release(): void {
    clearInterval(this.#timer);
    if (!this.#isReleased) giveBack(this.#file, this.mine);
    this.#isReleased = true;
  }

  #look(): void {
    if (this.lost.aborted) return;
    this.#looked = Date.now();
    this.#isFaulty = true;
    const other = showLife(this.#file, this.mine);
    this.#isFaulty = false;
    if (other)
      this.#lost.abort(
        new Error(
          `the sweep in ${this.dir} was taken over by process ${other.pid} on ${other.host}: this one goes on with it no more`,
        ),
      );
  }
}

function refusal(
  dir: string,
  owner: Owner,
  { takeOver, seconds }: { readonly takeOver: boolean; readonly seconds: number },
): string {
  const who = `the sweep in ${dir} is run by process ${owner.pid} on ${owner.host}`;
  if (ownerAlive(owner) !== undefined) return `${who}: only one may`;
  const seen = `${who}, which gave its last sign of life ${Math.max(0, Math.round(seconds))} s ago: only one may`;
  if (takeOver) return `${seen}, and it can be taken over once there was none for ${staleAfter} s`;
  return `${seen}; if that process is gone, --take-over (takeOver: true in code) takes it once there was none for ${staleAfter} s`;
}

/**
 * False when no process goes on with the sweep: it ended, or was killed. Of one on another machine only the times of its
 * files tell: without a sign of life for a minute it counts as gone. By this machine's clock, since whoever reads writes nothing.
 */
export function isCoordinated(dir: string, now = Date.now() / 1000): boolean {
  const file = lockFile(dir);
  const owner = ownerIn(file);
  if (!owner) return false;
  return ownerAlive(owner) ?? now - Math.max(changedAt(file), changedAt(journalFile(dir))) <= staleAfter;
}

function lockFile(dir: string): string {
  return join(dir, "coordinator.json");
}
