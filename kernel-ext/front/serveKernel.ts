/** The kernel from its first message to its last. */
import { setTimeout as pause } from "node:timers/promises";
import type { ServerProcess } from "../language/serverProcess.js";
import { boundedLog } from "./boundedLog.js";
import { Kernel } from "./kernel.js";
import { LanguageDesk } from "./languageDesk.js";
import { parentGone } from "./parentGone.js";
import type { Reception } from "./reception.js";
import type { SessionProcess } from "./sessionProcess.js";

export interface StartedProcesses {
  /** The process that started this one, by its id. */
  readonly parent: number;
  readonly checker: ServerProcess;
  readonly session: SessionProcess;
}

/** Resolves when the kernel was shut down, or lost its Jupyter, and everything was said. */
export async function serveKernel(
  reception: Reception,
  { parent, checker, session }: StartedProcesses,
): Promise<void> {
  const log = boundedLog((text) => process.stderr.write(`[tunelab] ${text}\n`));
  const desk = new LanguageDesk(process.cwd(), { log, checker });
  const kernel = new Kernel(reception, desk, session, log);
  const terminated = new Promise<void>((resolve) => process.on("SIGTERM", () => resolve()));

  process.on("SIGINT", () => kernel.interrupt());
  process.on("uncaughtException", (error) =>
    log(`the kernel failed and goes on: ${error.stack ?? error.message}`),
  );
  process.on("unhandledRejection", (error) => log(`the kernel failed and goes on: ${String(error)}`));

  // The heartbeat is a thread, which would take the processor from the type checker's start.
  await Promise.race([desk.ready, pause(500)]);
  await kernel.start();
  await Promise.race([kernel.shutdown, terminated, parentGone(parent)]);
  await kernel.stop();
}
