/** How busy this machine and this process are. */
import { statfs } from "node:fs";
import { readFile } from "node:fs/promises";
import { cpus, freemem, loadavg, totalmem } from "node:os";

/** Time of all processors since the machine started, in any unit. */
interface ProcessorTime {
  readonly busy: number;
  readonly total: number;
}

/** Measures from call to call: the first call only begins. */
export class Machine {
  #processors: ProcessorTime | undefined;
  #process = process.cpuUsage();
  #at = performance.now();

  constructor(
    /** Whose disk is looked at. */
    private readonly folder: string,
  ) {}

  /** The files of the system are read while the event loop goes on. */
  async begin(): Promise<void> {
    this.#processors = await processorTime();
  }

  /** By the names of `system/…`, since the call before. */
  async measure(): Promise<Record<string, number>> {
    const [processors, free] = await Promise.all([processorTime(), freeBytes(this.folder)]);
    const before = this.#processors;
    this.#processors = processors;
    const used = process.cpuUsage(this.#process);
    const now = performance.now();
    const milliseconds = now - this.#at;
    this.#process = process.cpuUsage();
    this.#at = now;
    const [load] = loadavg();
    return {
      processCpuPercent: (used.user + used.system) / 10 / milliseconds,
      processMemoryMB: process.memoryUsage.rss() / 1e6,
      memoryPercent: 100 * (1 - freemem() / totalmem()),
      load1: load as number,
      ...(before && processors.total > before.total && { cpuPercent: shareOf(before, processors) }),
      ...(free !== undefined && { diskFreeGB: free / 1e9 }),
    };
  }
}

function shareOf(before: ProcessorTime, after: ProcessorTime): number {
  return (100 * (after.busy - before.busy)) / (after.total - before.total);
}

/** On Linux the first line of /proc/stat (proc(5)): `os.cpus()` reads a file a processor, and waits for each. */
async function processorTime(): Promise<ProcessorTime> {
  if (process.platform === "linux") {
    const [line = ""] = (await readFile("/proc/stat", "utf8")).split("\n", 1);
    return parseProcessorTime(line);
  }
  const times = cpus().map(({ times }) => times);
  const total = times.reduce((sum, one) => sum + one.user + one.nice + one.sys + one.idle + one.irq, 0);
  const idle = times.reduce((sum, one) => sum + one.idle, 0);
  return { busy: total - idle, total };
}

/** user nice system idle iowait irq softirq steal; a guest's time is part of user's. */
export function parseProcessorTime(line: string): ProcessorTime {
  const times = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const total = times.reduce((sum, time) => sum + time, 0);
  const [, , , idle = 0, waiting = 0] = times;
  return { busy: total - idle - waiting, total };
}

/** Bytes that this user may still write; undefined where the folder is gone. */
function freeBytes(folder: string): Promise<number | undefined> {
  return new Promise((resolve) =>
    statfs(folder, (error, stats) => resolve(error ? undefined : stats.bavail * stats.bsize)),
  );
}
