/**
 * What `nvidia-smi` tells of the GPUs, again and again: one process of it for all runs, started when the first asks and
 * ended with the last, since starting one takes a process of much memory some milliseconds.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** nvidia-smi's name of a figure, ours, and the factor to our unit. */
const figures = [
  ["utilization.gpu", "utilisationPercent", 1],
  ["memory.used", "memoryMB", 1.048576],
  ["temperature.gpu", "temperatureCelsius", 1],
  ["power.draw", "powerWatts", 1],
] as const;

/** One GPU's figures by the names of `system/gpu0/…`; what a GPU does not tell is left out. */
export type GpuFigures = Readonly<Record<string, number>>;

/** A line of `--format=csv,noheader,nounits`: index and figures; undefined for other lines, such as an error. */
export function parseGpuLine(line: string): readonly [index: number, GpuFigures] | undefined {
  const [index, ...values] = line.split(",").map((part) => part.trim());
  if (!/^\d+$/.test(index ?? "") || values.length !== figures.length) return undefined;
  const told = figures.flatMap(([, name, factor], i) => {
    const value = Number.parseFloat(values[i] as string);
    return Number.isFinite(value) ? [[name, value * factor] as const] : [];
  });
  return [Number(index), Object.fromEntries(told)];
}

export class GpuWatch {
  readonly #latest = new Map<number, { readonly at: number; readonly figures: GpuFigures }>();
  #users = 0;
  #child: ChildProcess | undefined;
  #again: NodeJS.Timeout | undefined;
  /** The program is not there, or does not work: it is not asked again. */
  #absent = false;
  readonly #seconds: number;
  readonly #program: string;

  constructor({ seconds = 5, program = "nvidia-smi" } = {}) {
    this.#seconds = seconds;
    this.#program = program;
  }

  /** Figures are told until the function that it returns is called. */
  use(): () => void {
    if (this.#users++ === 0) this.#start();
    let used = true;
    return () => {
      if (!used) return;
      used = false;
      if (--this.#users === 0) this.#stop();
    };
  }

  /** By the names of `system/…`; none where the last were told too long ago. */
  get figures(): Record<string, number> {
    const since = performance.now() - 3000 * this.#seconds;
    const told: Record<string, number> = {};
    for (const [index, { at, figures }] of this.#latest) {
      if (at < since) continue;
      for (const [name, value] of Object.entries(figures)) told[`gpu${index}/${name}`] = value;
    }
    return told;
  }

  /** Runs in a timer's callback too, where an error would end the person's program. */
  #start(): void {
    if (this.#absent) return;
    try {
      this.#spawn();
    } catch {
      this.#absent = true; // the system makes no process now, as where memory is short
    }
  }

  #spawn(): void {
    const query = `--query-gpu=index,${figures.map(([name]) => name).join(",")}`;
    const words = [query, "--format=csv,noheader,nounits", `--loop=${this.#seconds}`];
    const child = spawn(this.#program, words, { stdio: ["ignore", "pipe", "ignore"], windowsHide: true });
    child.on("error", () => {
      this.#absent = true;
    });
    // Without free descriptors there is a child that never was: it has no output, and tells its error only later.
    if (!child.stdout) {
      this.#absent = true;
      return;
    }
    this.#child = child;
    child.on("exit", (code) => {
      if (code !== null && code !== 0) this.#absent = true;
      // An interrupt ends what a notebook's cell has started, or somebody else did.
      if (child === this.#child) this.#again = setTimeout(() => this.#start(), 1000 * this.#seconds).unref();
    });
    // Nothing of it keeps this process alive; when this process is gone, its next line ends it.
    child.unref();
    (child.stdout as unknown as { unref?(): void }).unref?.();
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [index, told] = parseGpuLine(line) ?? [];
      if (index !== undefined && told) this.#latest.set(index, { at: performance.now(), figures: told });
    });
    process.off("exit", this.#kill).on("exit", this.#kill);
  }

  readonly #kill = (): void => {
    end(this.#child);
  };

  #stop(): void {
    clearTimeout(this.#again);
    process.off("exit", this.#kill);
    const child = this.#child;
    this.#child = undefined;
    end(child);
    this.#latest.clear();
  }
}

/** One that could not be started has no number of its own, and 0 would be all processes of this group. */
function end(child: ChildProcess | undefined): void {
  if (child?.pid !== undefined) child.kill();
}
