/** Process groups: a process and what it started, as far as those did not leave it. */
import { setTimeout as sleep } from "node:timers/promises";

/** How long processes that were asked to end may take, in milliseconds. */
const grace = 300;
const look = 20;
/** How often groups that outlived their command are looked at, in milliseconds. */
const lookAgain = 1000;

/** A timer as it was before cells could keep it from running. */
const native = { setInterval, clearInterval };

/** False when nobody is left in the group. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    // EPERM: on macOS, of a group whose processes have all ended.
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ESRCH" || code === "EPERM") return false;
    throw error;
  }
}

/** Asks all processes of the groups to end, and after a while makes them. */
export async function endGroups(groups: Iterable<number>): Promise<void> {
  let left = [...groups].filter((group) => signalGroup(group, "SIGTERM"));
  const until = performance.now() + grace;
  while (left.length > 0 && performance.now() < until) {
    await sleep(look);
    left = left.filter((group) => signalGroup(group, 0));
  }
  for (const group of left) signalGroup(group, "SIGKILL");
}

/**
 * The groups of `!commands`: apart from the session's, so that an interrupt reaches them alone. They are to end with
 * the session all the same, and so may those that a command left in the background.
 *
 * Invariant: a group whose last process has ended is forgotten within a second: another may get its number.
 */
export class CommandGroups {
  private readonly groups = new Set<number>();
  private looking: NodeJS.Timeout | undefined;
  /** Told all groups after each change. */
  changed: (groups: readonly number[]) => void = () => undefined;

  get all(): readonly number[] {
    return [...this.groups];
  }

  add(group: number): void {
    this.groups.add(group);
    this.changed(this.all);
    this.looking ??= native.setInterval(() => this.settle(), lookAgain).unref();
  }

  /** A command has ended: groups with nobody left are forgotten. */
  settle(): void {
    const { size } = this.groups;
    for (const group of this.groups) if (!signalGroup(group, 0)) this.groups.delete(group);
    if (this.groups.size < size) this.changed(this.all);
    if (this.groups.size > 0) return;
    native.clearInterval(this.looking);
    this.looking = undefined;
  }
}

/** Of this process. */
export const commandGroups = new CommandGroups();
