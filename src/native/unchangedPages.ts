/**
 * What loading TensorFlow leaves in memory. The loader and the ops' registration read some 250 MB of the library's file
 * that computing does not: the tables of symbols and relocations, and code that runs once. Linux counts these pages as the
 * process's own (its RSS) until memory gets scarce.
 */
import { readFileSync, realpathSync } from "node:fs";
import type { LibraryHandle } from "koffi";

/** A piece of a process's address space. */
export interface Mapping {
  readonly begin: bigint;
  /** In bytes. */
  readonly size: number;
}

/** MADV_DONTNEED of madvise(2): the pages go at once, and are read from the file again where somebody needs them. */
const dontNeed = 4;

/**
 * Gives back the pages of these files that are as in the file. Those that are needed come again from the system's cache
 * of files, 64 KB at a time.
 *
 * Does nothing where the system does not tell what is mapped (it is Linux that does), or keeps the pages by itself.
 */
export function giveBackPages(libc: LibraryHandle, files: readonly string[]): void {
  const smaps = readSmaps();
  if (smaps === undefined) return;
  const madvise = libc.func("madvise", "int", ["uintptr_t", "size_t", "int"]);
  for (const { begin, size } of unchangedMappings(
    smaps,
    files.map((file) => realpathSync(file)),
  ))
    madvise(begin, size, dontNeed);
}

/** A process that may not look at itself keeps its pages; that is no reason not to compute. */
function readSmaps(): string | undefined {
  try {
    return readFileSync("/proc/self/smaps", "utf8");
  } catch {
    return undefined;
  }
}

/**
 * The mappings of `files` that nobody may write to and nobody wrote to before: no page of theirs is the process's own,
 * which the system tells as `Anonymous`. What the loader wrote and then protected, such as relocated pointers, is not
 * among them: it would be lost.
 *
 * @param smaps as Linux writes `/proc/PID/smaps` (proc(5)): a line for each mapping, then lines about it
 */
export function unchangedMappings(smaps: string, files: readonly string[]): Mapping[] {
  const mappings = [...smaps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) (\S+) [0-9a-f]+ \S+ \d+(?: +(\/.*))?$/gm)];
  return mappings.flatMap(([, from, to, rights, file], i) => {
    if (file === undefined || !files.includes(file) || !/^r-[x-]p$/.test(rights as string)) return [];
    const facts = smaps.slice(mappings[i]?.index, mappings[i + 1]?.index);
    if (!/^Anonymous: +0 kB$/m.test(facts)) return [];
    const begin = BigInt(`0x${from}`);
    return [{ begin, size: Number(BigInt(`0x${to}`) - begin) }];
  });
}
