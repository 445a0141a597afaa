/** `import` as cells have it. */
import { createRequire, isBuiltin, register } from "node:module";
import { pathToFileURL } from "node:url";
import { cellSpecifier } from "./hooks/cellSpecifier.js";
import type { HookData } from "./hooks/resolution.js";

type Library = typeof import("../../src/index.js");

/** Names that mean modules of this process, whatever the notebook's folder holds. */
const own = {
  tunelab: new URL("../../src/index.js", import.meta.url).href,
  tslab: new URL("./tslab/index.js", import.meta.url).href,
};

/** Node's hooks are registered when the first import needs them: that takes a thread, and most of 50 ms. */
export class CellImporter {
  private hooked = false;

  /**
   * @param folder the notebook's folder, from which names are resolved.
   * @param local called when a cell imports a file of the notebook's.
   */
  constructor(
    private readonly folder: () => string,
    private readonly local: () => void = () => undefined,
  ) {}

  /** `import(specifier)`; attributes are not needed, JSON loads without them. */
  readonly imp = (specifier: unknown): Promise<unknown> => {
    const name = String(specifier);
    if (isBuiltin(name)) return import(name);
    if (Object.hasOwn(own, name)) return import(own[name as keyof typeof own]);
    if (/^[./]/.test(name)) this.local();
    this.hook();
    return import(cellSpecifier(name, this.folder()));
  };

  /** The library as cells get it. */
  library(): Promise<Library> {
    return import(own.tunelab) as Promise<Library>;
  }

  /**
   * Makes `import` of the whole process resolve as cells do. At once, with no promise that an interrupt could drop.
   * `module.register` is deprecated from Node 26 on; before Node 24 its successor is young.
   */
  hook(): void {
    if (this.hooked) return;
    this.hooked = true;
    const data: HookData = { own, kernel: import.meta.url };
    if (Number(process.versions.node.split(".")[0]) < 24) {
      register(new URL("./hooks/moduleHooks.js", import.meta.url), { data });
      return;
    }
    const require = createRequire(import.meta.url);
    const { registerHooks } =
      require("./hooks/registerHooks.js") as typeof import("./hooks/registerHooks.js");
    registerHooks(data);
  }

  /** CommonJS `require` from the notebook's folder; what is missing there comes from the kernel's packages. */
  require(): NodeJS.Require {
    const local = createRequire(pathToFileURL(`${this.folder()}/__cell__.cjs`));
    const kernel = createRequire(import.meta.url);
    const load = (name: string): unknown => {
      if (Object.hasOwn(own, name)) return kernel(new URL(own[name as keyof typeof own]).pathname);
      try {
        return local(name);
      } catch (error) {
        if (!isMissing(error, name) || /^[./]/.test(name)) throw error;
        return kernel(name);
      }
    };
    return Object.assign(load, local);
  }
}

function isMissing(error: unknown, name: string): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "MODULE_NOT_FOUND" && (error as Error).message.includes(`'${name}'`);
}
