/** Starts a kernel from dist/ as Jupyter would: by its specification and a connection file. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { kernelSpec } from "../../kernel-ext/kernelspec/installKernelSpec.js";

export interface Connection {
  readonly transport: "tcp" | "ipc";
  /** A socket's path without its number, or an address. */
  readonly ip: string;
  /** Of shell, iopub, stdin, control and heartbeat. */
  readonly ports: readonly number[];
  readonly key: string;
}

/** So many ports has a worker of the tests' runner, whose files run beside another's. */
const share = 4_000;

/**
 * The worker's first. All lie below those that systems give out to whoever asks for any (Linux: from 32,768): one of these
 * may be another's by the time a kernel has started and binds it.
 */
const lowest = 20_000 + share * (Number(process.env.VITEST_POOL_ID ?? 0) % 3);

let next = Math.floor(Math.random() * share);

/** Five ports that nobody listens at, or numbers of sockets in a folder. */
export async function freePorts(transport: "tcp" | "ipc"): Promise<number[]> {
  if (transport === "ipc") return [1, 2, 3, 4, 5];
  const found: number[] = [];
  for (let looked = 0; found.length < 5; looked++) {
    if (looked === share)
      throw new Error(`5 free ports are needed from ${lowest} on, but ${share} have fewer`);
    const port = lowest + (next++ % share);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/**
 * @param folder the kernel's own, where the connection file is put too
 * @param of `checkout`: whose build is started; default: this one's
 */
export function startKernelProcess(
  { transport, ip, ports, key }: Connection,
  folder: string,
  { env = {}, checkout }: { readonly env?: NodeJS.ProcessEnv; readonly checkout?: string } = {},
): ChildProcess {
  const file = join(folder, "connection.json");
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  const named = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const connection = { transport, ip, ...named, key, signature_scheme: "hmac-sha256" };
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const [node, ...own] = kernelSpec({ node: process.env.TUNELAB_TEST_NODE ?? process.execPath }).argv;
  const args = own.map((arg) =>
    checkout && arg.endsWith("main.js") ? join(checkout, "dist", "kernel-ext", "front", "main.js") : arg,
  );
  return spawn(
    node,
    args.map((arg) => (arg === "{connection_file}" ? file : arg)),
    {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, TUNELAB_HISTORY: join(folder, "history"), ...env },
    },
  );
}
