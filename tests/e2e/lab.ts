/** Starts JupyterLab, Notebook 7 or Jupyter's server on a folder: loopback, a token, a free port, settings and runtime files of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { environmentProgram, root } from "../../src/cli/checkout.js";
import { testProgram } from "./jupyterPrograms.js";

export interface Lab {
  /** Such as `http://127.0.0.1:41573/`, without the token. */
  readonly url: string;
  readonly token: string;
  /** The address that opens a notebook of the folder. */
  open(notebook: string): string;
  /** Ends the server and its kernels. */
  close(): Promise<void>;
  /** What the server said so far. */
  said(): string;
}

interface Front {
  readonly program: string;
  readonly args: readonly string[];
  /** Where it opens a notebook. */
  readonly page: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** It asks nobody for newer versions. */
const noUpdates = "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate";

/** JupyterLab of `.venv`. */
export function startLab(folder: string, env: NodeJS.ProcessEnv = {}): Promise<Lab> {
  const args = ["lab", noUpdates];
  return start({ program: environmentProgram("jupyter"), args, page: "lab/tree", env }, folder);
}

/** Notebook 7 of the tests' environment, with the extension for widgets. */
export function startNotebook(folder: string): Promise<Lab> {
  const env = { JUPYTER_PATH: join(root, ".venv", "share", "jupyter") };
  return start({ program: testProgram("jupyter-notebook"), args: [], page: "notebooks", env }, folder);
}

/**
 * Jupyter's server of the tests' environment with the extension jupyter-server-proxy, below `base` as a hub starts it, under
 * any host's name. `url` is that of the server without `base`.
 */
export function startProxyingServer(folder: string, base: string): Promise<Lab> {
  const args = [`--ServerApp.base_url=${base}`, "--ServerApp.allow_remote_access=True", noUpdates];
  return start({ program: testProgram("jupyter-lab"), args, page: "lab/tree" }, folder);
}

/** Resolves when the server answers. Rejects with what it said when it ends first or says nothing in three minutes. */
async function start({ program, args, page, env }: Front, folder: string): Promise<Lab> {
  const home = mkdtempSync(join(tmpdir(), "tunelab-lab-"));
  const token = randomBytes(16).toString("hex");
  writeSettings(join(home, "settings"));
  let said = "";
  const child = spawn(
    program,
    [
      ...args,
      "--no-browser",
      "--ip=127.0.0.1",
      "--port=0",
      "--ServerApp.allow_root=True",
      `--ServerApp.root_dir=${folder}`,
      `--IdentityProvider.token=${token}`,
    ],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        JUPYTER_CONFIG_DIR: join(home, "config"),
        JUPYTER_RUNTIME_DIR: join(home, "runtime"),
        JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
        ...env,
      },
    },
  );
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
  const close = async () => {
    await end(child);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const url = await answeredUrl(child, join(home, "runtime"), () => said);
    return {
      url,
      token,
      close,
      said: () => said,
      open: (notebook) => `${url}${page}/${notebook}?token=${token}`,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The question about news would lie over the notebook, and its answer would ask the network. Of completions that take
 * longer than a second, as they may on a busy machine, JupyterLab would show none.
 */
function writeSettings(settings: string): void {
  for (const [extension, plugin, value] of [
    ["apputils-extension", "notification", { fetchNews: "false" }],
    ["completer-extension", "manager", { providerTimeout: 60_000 }],
  ] as const) {
    const folder = join(settings, "@jupyterlab", extension);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${plugin}.jupyterlab-settings`), JSON.stringify(value));
  }
}

/** The server writes its address into a file once it listens. */
async function answeredUrl(child: ChildProcess, runtime: string, said: () => string): Promise<string> {
  for (const end = performance.now() + 180_000; performance.now() < end; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`Jupyter ended with ${child.exitCode}:\n${said()}`);
    const file = listing(runtime).find((name) => /^jpserver-\d+\.json$/.test(name));
    // It is empty until all of it is written.
    const text = file === undefined ? "" : readFileSync(join(runtime, file), "utf8");
    if (text.trimEnd().endsWith("}"))
      return `http://127.0.0.1:${(JSON.parse(text) as { port: number }).port}/`;
  }
  throw new Error(`Jupyter said nothing of its address in three minutes:\n${said()}`);
}

function listing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await closed;
  clearTimeout(killer);
}
