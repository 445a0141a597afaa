/** What Linux tells of a process or a thread in `/proc/PID/stat` (proc(5)). */

export interface ProcessStat {
  /** One letter: `R` runs or waits for a processor, `S` and `D` sleep, `Z` has ended and is not yet fetched. */
  readonly state: string;
  /** Process id of its parent. */
  readonly parent: number;
  /** Processor time used so far, in milliseconds. */
  readonly cpu: number;
  /** Hundredths of a second between the machine's start and its own. */
  readonly began: number;
}

/** Linux tells programs of a hundred clock ticks a second, whatever it counts itself. */
const millisecondsPerTick = 10;

/**
 * @param text The whole file.
 * @throws SyntaxError for a text that is no such file.
 */
export function parseProcessStat(text: string): ProcessStat {
  // The second field is the name in parentheses, which may itself hold spaces, parentheses and line ends.
  const [state = "", ...fields] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [parent, user, system, began] = [0, 10, 11, 18].map((index) => Number(fields[index]));
  const stat = {
    state,
    parent: parent as number,
    cpu: ((user as number) + (system as number)) * millisecondsPerTick,
    began: began as number,
  };
  if (!/^[A-Za-z]$/.test(state) || ![stat.parent, stat.cpu, stat.began].every(Number.isSafeInteger))
    throw new SyntaxError(
      `a process's stat must have a state and numbers behind its name, got ${JSON.stringify(text)}`,
    );
  return stat;
}
