/** How busy the machine is while a run is open: scalars under `system/…`, in a writer's folder of their own. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../base/clock.js";
import { shown } from "../base/shown.js";
import { tags } from "../base/tags.js";
import { EventWriter } from "./eventWriter.js";
import { GpuWatch } from "./gpuWatch.js";
import { Machine } from "./machine.js";
import type { Run } from "./run.js";
import { systemWriter } from "./runFolder.js";

/** Seconds between two measurements, or false for none. */
export type SystemOption = number | boolean;

const usual = 5;
const bounds = { least: 0.1, most: 3600 };

/**
 * Seconds between two measurements; undefined for none. What is not said, TUNELAB_SYSTEM_METRICS says: seconds, or `off`.
 *
 * @throws RangeError outside 0.1 to 3600 s, TypeError for another kind.
 */
export function systemInterval(
  option: SystemOption | undefined,
  variable = process.env.TUNELAB_SYSTEM_METRICS,
): number | undefined {
  if (option === false) return undefined;
  if (typeof option === "number") return checked("system", option);
  if (option !== undefined && option !== true)
    throw new TypeError(`track: system must be seconds, true or false; got ${shown(option)}`);
  if (option === true || !variable) return usual;
  if (/^(off|false|no|0)$/i.test(variable)) return undefined;
  return checked("TUNELAB_SYSTEM_METRICS", /^(on|true|yes)$/i.test(variable) ? usual : Number(variable));
}

function checked(what: string, seconds: number): number {
  if (seconds >= bounds.least && seconds <= bounds.most) return seconds;
  throw new RangeError(
    `track: ${what} must be ${bounds.least} to ${bounds.most} seconds, or off; got ${shown(seconds)}`,
  );
}

const gpus = new GpuWatch();

/**
 * Measures every so many seconds until the function that it returns is called. Steps are whole seconds since the run was
 * opened first. It keeps no process alive and waits for nothing on the event loop; a run shorter than one interval has
 * no such series.
 */
export function measureSystem(run: Run, { seconds, clock }: { seconds: number; clock: Clock }): () => void {
  const machine = new Machine(run.dir);
  let stopGpus: (() => void) | undefined;
  const opened = Date.parse(run.record.createdAt) / 1000;
  let writer: EventWriter | undefined;
  let stopped = false;
  let measuring = false;
  let samples = run.samples;
  let at = performance.now();
  const write = (measured: Readonly<Record<string, number>>) => {
    const now = performance.now();
    const rate = (run.samples - samples) / ((now - at) / 1000);
    const values = { ...measured, ...gpus.figures, ...(rate > 0 && { samplesPerSecond: rate }) };
    samples = run.samples;
    at = now;
    writer ??= openWriter(run, clock);
    const step = Math.max(0, Math.floor(clock.wallTime() - opened));
    writer.scalars(
      Object.fromEntries(Object.entries(values).map(([name, value]) => [tags.system(name), value])),
      step,
    );
  };
  const stop = () => {
    stopped = true;
    clearInterval(timer);
    stopGpus?.();
    writer?.close();
  };
  const measure = async () => {
    if (measuring) return;
    measuring = true;
    try {
      // Not before, as runs may be many and short.
      stopGpus ??= gpus.use();
      const measured = await machine.measure();
      if (!stopped) write(measured);
    } catch (error) {
      if (stopped) return;
      stop();
      run.problem(`measuring the system stopped: ${(error as Error).message}`);
    } finally {
      measuring = false;
    }
  };
  const timer = setInterval(measure, seconds * 1000).unref();
  machine.begin().catch(() => undefined); // the first measurement says what fails
  return () => {
    if (!stopped) stop();
  };
}

function openWriter(run: Run, clock: Clock): EventWriter {
  const folder = join(run.dir, systemWriter);
  mkdirSync(folder, { recursive: true });
  return new EventWriter(folder, { clock, onProblem: (sentence) => run.problem(sentence) });
}
