/** `tunelab lab`: JupyterLab on the notebooks, on loopback, with a token. */
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { environmentProgram, root } from "../checkout.js";
import type { Command } from "../command.js";
import { runForwarding } from "../runForwarding.js";

export const labCommand: Command = {
  name: "lab",
  summary: "Open JupyterLab on the notebooks (on this machine only, with a token).",
  positionals: "[FOLDER]",
  arity: { least: 0, most: 1 },
  options: {
    port: { type: "number", description: "port to listen on; the next free one from 8888 unless given" },
    "no-browser": { type: "boolean", description: "do not open a browser; the address is printed" },
  },
  async run({ positionals, options }) {
    const folder = positionals[0] === undefined ? join(root, "notebooks") : resolve(positionals[0]);
    const args = [
      "--ip=127.0.0.1",
      `--ServerApp.root_dir=${folder}`,
      "--ServerApp.allow_root=True",
      // It asks nobody elsewhere for news or newer versions, and nobody whether it may.
      "--LabApp.news_url=None",
      "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ];
    if (options.port !== undefined) args.push(`--port=${options.port}`);
    if (options["no-browser"] === true) args.push("--no-browser");
    const jupyter = environmentProgram("jupyter");
    // An environment set up before set-up did this, or by hand, lacks it.
    await keepCommonJs();
    return await runForwarding(jupyter, ["lab", ...args]);
  },
};

async function keepCommonJs(): Promise<void> {
  const file = pathToFileURL(join(root, "scripts", "setup", "moduleType.mjs"));
  const { keepCommonJs: keep } = (await import(file.href)) as { keepCommonJs(venv: string): void };
  keep(join(root, ".venv"));
}
