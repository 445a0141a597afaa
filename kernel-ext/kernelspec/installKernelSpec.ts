/** Makes the kernel known to Jupyter. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Name of the kernel's folder, and of the kernel for `jupyter --kernel`. */
export const kernelName = "tunelab";

export interface KernelSpecOptions {
  /** A Python environment (`sys.prefix`), or `~/.local`. */
  readonly prefix: string;
  /** The Node program. Default: the one that runs this. */
  readonly node?: string;
  /** Further environment of the kernel. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Writes `PREFIX/share/jupyter/kernels/tunelab` and returns that folder. What was there is overwritten.
 */
export function installKernelSpec(options: KernelSpecOptions): string {
  const folder = join(options.prefix, "share", "jupyter", "kernels", kernelName);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(kernelSpec(options), null, 2)}\n`);
  for (const logo of ["logo-svg.svg", "logo-64x64.png", "logo-32x32.png"]) {
    copyFileSync(join(logos, logo), join(folder, logo));
  }
  return folder;
}

/** From dist/kernel-ext/kernelspec and from kernel-ext/kernelspec alike. */
const here = fileURLToPath(new URL(".", import.meta.url));
const root = here.includes(join("dist", "kernel-ext"))
  ? join(here, "..", "..", "..")
  : join(here, "..", "..");
const logos = join(root, "kernel-ext", "kernelspec", "logos");

export interface KernelSpec {
  /** The program, then its arguments; `{connection_file}` stands for a path. */
  readonly argv: readonly [string, ...string[]];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message";
  readonly kernel_protocol_version: string;
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export function kernelSpec(options: Omit<KernelSpecOptions, "prefix"> = {}): KernelSpec {
  return {
    argv: [
      options.node ?? process.execPath,
      // The front holds little for long. Without it, it grows by 20 MB of garbage in a thousand cells; no slower with it.
      "--optimize-for-size",
      join(root, "dist", "kernel-ext", "front", "main.js"),
      "{connection_file}",
    ],
    display_name: "TypeScript (tunelab)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.4",
    env: { ...options.environment },
    metadata: { debugger: false },
  };
}
