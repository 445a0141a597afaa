/** Jupyter's own programs out of the tests' environment, on this checkout's kernel, with settings of their own. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../src/cli/checkout.js";

export interface JupyterPrograms {
  /** Where they run and keep their files. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs one to its end, at most ten minutes. */
  run(name: string, ...args: string[]): SpawnSyncReturns<string>;
  close(): void;
}

/** The path of a program that tests alone use. */
export const testProgram = (name: string): string => join(root, ".venv-test", "bin", name);

/** Programs that find the kernel in `.venv` and nothing of the person's. */
export function jupyterPrograms(): JupyterPrograms {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-clients-"));
  const own = (name: string) => join(folder, ".jupyter", name);
  const env = {
    ...process.env,
    JUPYTER_PATH: join(root, ".venv", "share", "jupyter"),
    JUPYTER_CONFIG_DIR: own("config"),
    JUPYTER_DATA_DIR: own("data"),
    JUPYTER_RUNTIME_DIR: own("runtime"),
    IPYTHONDIR: own("ipython"),
    PYTHONUNBUFFERED: "1",
  };
  return {
    folder,
    env,
    run: (name, ...args) =>
      spawnSync(testProgram(name), args, { cwd: folder, env, encoding: "utf8", timeout: 600_000 }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
