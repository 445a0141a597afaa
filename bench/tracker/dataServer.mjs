// How long TensorBoard's own data server takes to load a folder of runs, and to look at it again.
import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * @param {{ python: string, folder: string, everyPoint: boolean }} options `everyPoint`: it keeps all points and checks
 *   the checksums, as ours does; else it samples, as it does by default
 * @returns seconds of its first load, and of the next, by which nothing was added
 */
export async function loadByDataServer({ python, folder, everyPoint }) {
  const where = "import tensorboard_data_server as t; print(t.server_binary())";
  const binary = execFileSync(python, ["-c", where], { encoding: "utf8" }).trim();
  const kept = everyPoint ? ["--samples-per-plugin", "scalars=0", "--checksum"] : [];
  const parameters = ["--logdir", folder, "--reload", "1", "--port", "0", "--verbose", ...kept];
  const server = spawn(binary, parameters, { stdio: ["ignore", "ignore", "pipe"] });
  try {
    let start = performance.now();
    const cycles = [];
    for await (const line of createInterface({ input: server.stderr })) {
      if (line.includes("Starting load cycle")) start = performance.now();
      if (line.includes("Finished load cycle")) cycles.push((performance.now() - start) / 1000);
      if (cycles.length === 2) return { load: cycles[0], again: cycles[1] };
    }
    throw new Error("TensorBoard's data server ended before it had loaded the runs");
  } finally {
    server.kill();
  }
}
