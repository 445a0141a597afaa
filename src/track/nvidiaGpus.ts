/** The NVIDIA GPUs of this machine as its driver's files name them: no program is started for it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface NvidiaGpus {
  /** Models, such as `NVIDIA H200`, in the order of their places on the bus. */
  readonly models: readonly string[];
  readonly driver?: string;
}

/** Undefined where there is no such driver. */
export function nvidiaGpus(folder = "/proc/driver/nvidia"): NvidiaGpus | undefined {
  try {
    const gpus = readdirSync(join(folder, "gpus")).sort();
    const models = gpus.map((gpu) => modelOf(readFileSync(join(folder, "gpus", gpu, "information"), "utf8")));
    const driver = /\b\d+\.\d+(\.\d+)?\b/.exec(readFileSync(join(folder, "version"), "utf8"))?.[0];
    return { models, ...(driver !== undefined && { driver }) };
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return undefined;
    throw error;
  }
}

function modelOf(information: string): string {
  return /^Model:\s*(.*)$/m.exec(information)?.[1]?.trim() || "unknown";
}
