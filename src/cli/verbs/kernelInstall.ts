/** `tunelab kernel install`: makes the kernel known to a Jupyter that is not the checkout's own. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../checkout.js";
import { type Command, Misuse } from "../command.js";

/** The library knows no kernel: it is found where the build put it. */
interface KernelSpecModule {
  installKernelSpec(options: { prefix: string }): string;
}

export const kernelInstallCommand: Command = {
  name: "kernel install",
  summary: "Make the kernel known to Jupyter: the checkout's own unless said otherwise.",
  options: {
    prefix: { type: "string", value: "DIR", description: "a Python environment, as sys.prefix names it" },
    user: { type: "boolean", description: "for every Jupyter of this user" },
    json: { type: "boolean", description: "one JSON object on standard output" },
  },
  async run({ options }) {
    if (options.user === true && options.prefix !== undefined) {
      throw new Misuse("tunelab kernel install takes --user or --prefix; both were given");
    }
    const module = join(root, "dist", "kernel-ext", "kernelspec", "installKernelSpec.js");
    const { installKernelSpec } = (await import(pathToFileURL(module).href)) as KernelSpecModule;
    const folder = installKernelSpec({ prefix: prefixOf(options.user === true, options.prefix) });
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify({ folder })}\n`
        : `Installed the tunelab kernel in ${folder}\n`,
    );
    return 0;
  },
};

/** A user's kernels lie in ~/.local/share/jupyter, on macOS in ~/Library/Jupyter, which `sys.prefix` does not cover. */
function prefixOf(user: boolean, prefix: unknown): string {
  if (!user) return typeof prefix === "string" ? resolve(prefix) : join(root, ".venv");
  if (process.platform === "darwin")
    throw new Misuse("on macOS tunelab kernel install needs --prefix; --user was given");
  return join(homedir(), ".local");
}
