/** A checkout as it is where no TensorFlow was ever set up: the build and npm's packages, no Python environment. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface BareCheckout {
  readonly root: string;
  /** Of programs that are to find no TensorFlow elsewhere either. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

const checkout = fileURLToPath(new URL("..", import.meta.url));
const elsewhere = ["TUNELAB_LIBTENSORFLOW", "TUNELAB_BACKEND", "VIRTUAL_ENV", "CONDA_PREFIX"];

/** The build is copied: through a link Node would find the real one's surroundings. */
export function bareCheckout(): BareCheckout {
  const root = mkdtempSync(join(tmpdir(), "tunelab-bare-"));
  for (const name of ["package.json", "dist", "bin", join("scripts", "setup")])
    cpSync(join(checkout, name), join(root, name), { recursive: true });
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
  const programs = join(root, "programs");
  mkdirSync(programs);
  symlinkSync(process.execPath, join(programs, "node"));
  const unset = Object.fromEntries(elsewhere.map((name) => [name, ""]));
  const remove = () => rmSync(root, { recursive: true, force: true });
  return { root, env: { ...process.env, ...unset, PATH: programs }, remove };
}
