/** Round trips of heartbeats, taken by a process of its own. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** In milliseconds. */
export interface Beats {
  readonly count: number;
  /** 98 % were not longer, and all but one, which a pause of the whole machine may have hit. */
  readonly most: number;
  /** The same of an echo that has nothing else to do: what this machine takes now. */
  readonly idle: number;
}

/** On a busy machine round trips differ by so much from one another: by what factor an idle echo's count. */
export const strain = 5;

/** Pings the heartbeat at an address until the returned function is called. */
export async function probeHeartbeat(address: string): Promise<() => Promise<Beats>> {
  const probe = spawn(process.execPath, [
    fileURLToPath(new URL("./heartbeatProbe.mjs", import.meta.url)),
    address,
  ]);
  let text = "";
  probe.stdout.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  const ended = new Promise((resolve) => probe.once("close", resolve));
  await new Promise((resolve) => probe.stderr.once("data", resolve));
  return async () => {
    probe.stdin.end();
    await ended;
    const { kernel, idle } = JSON.parse(text) as { kernel: number[]; idle: number[] };
    return { count: kernel.length, most: quantile(kernel, 0.98), idle: quantile(idle, 0.98) };
  };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 2)] ?? Number.NaN;
}
