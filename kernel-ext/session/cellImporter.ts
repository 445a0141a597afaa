/** `import` as cells have it. */
import { createRequire, isBuiltin, register } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { MessagePort } from "node:worker_threads";
import { CommonFiles } from "./commonFiles.js";
import { namedIfTooDeep } from "./deepModule.js";
import { cellSpecifier } from "./hooks/cellSpecifier.js";
import { withoutInterop } from "./hooks/commonInterop.js";
import type { HookData } from "./hooks/resolution.js";
import { namedIfInsideTensorflow } from "./insideTensorflow.js";
import { withRequiredExports } from "./requiredExports.js";
import { requiredPackage } from "./requiredPackage.js";
import { dressTensors } from "./tensorInspection.js";

type Library = typeof import("../../src/index.js");

/** Names that mean modules of this process, whatever the notebook's folder holds. */
const own = {
  tunelab: new URL("../../src/index.js", import.meta.url).href,
  tslab: new URL("./tslab/index.js", import.meta.url).href,
};

/** Node's hooks are registered when the first import needs them: that takes a thread, and most of 50 ms. */
export class CellImporter {
  private hooked = false;
  private readonly commonFiles = new CommonFiles();

  /**
   * @param folder the notebook's folder, from which names are resolved.
   * @param loaded opens what hears of every local file that is loaded.
   */
  constructor(
    private readonly folder: () => string,
    private readonly loaded: () => MessagePort,
  ) {}

  /**
   * `import(specifier)`; attributes are not needed, JSON loads without them.
   * @param needed names the module must export, else it rejects with a SyntaxError.
   */
  readonly imp = async (
    specifier: unknown,
    _options?: unknown,
    needed: readonly string[] = [],
  ): Promise<unknown> => {
    const name = String(specifier);
    const module = await this.load(name).catch((error: unknown) => {
      const told = namedIfInsideTensorflow(error, { module: name, names: needed }, this.require());
      throw namedIfTooDeep(told, () => (isBuiltin(name) ? undefined : this.file(name)));
    });
    if (isLocal(name)) this.commonFiles.refresh();
    dressTensors(module);
    return withRequiredExports(module, { module: name, names: needed, file: () => this.file(name) });
  };

  /** The URL `import(specifier)` would load. Throws when there is no such module. */
  readonly resolve = (specifier: string): string => {
    if (isBuiltin(specifier)) return import.meta.resolve(specifier);
    this.hook();
    const found = import.meta.resolve(cellSpecifier(specifier, this.folder()));
    return withoutInterop(found).replace(/\?v=\w+$/, "");
  };

  private file(specifier: string): string | undefined {
    const url = this.resolve(specifier);
    return url.startsWith("file:") ? fileURLToPath(url) : undefined;
  }

  private async load(name: string): Promise<unknown> {
    if (isBuiltin(name)) return import(name);
    if (Object.hasOwn(own, name)) return import(own[name as keyof typeof own]);
    const required = requiredPackage(name, (part) => this.require()(part));
    if (required) return required;
    if (isLocal(name)) this.commonFiles.refresh();
    this.hook();
    return import(cellSpecifier(name, this.folder()));
  }

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
    const loaded = this.loaded();
    const data: HookData = { own, kernel: import.meta.url, loaded };
    if (Number(process.versions.node.split(".")[0]) < 24) {
      register(new URL("./hooks/moduleHooks.js", import.meta.url), { data, transferList: [loaded] });
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
      if (Object.hasOwn(own, name)) return kernel(fileURLToPath(own[name as keyof typeof own]));
      this.commonFiles.refresh();
      const module = orKernels(name, local, kernel);
      this.commonFiles.refresh();
      return module;
    };
    const resolve = (name: string, options?: NodeJS.RequireResolveOptions): string => {
      if (Object.hasOwn(own, name)) return fileURLToPath(own[name as keyof typeof own]);
      // Who says where to look gets what is there.
      if (options?.paths) return local.resolve(name, options);
      return orKernels(name, local.resolve, kernel.resolve);
    };
    return Object.assign(load, local, { resolve: Object.assign(resolve, { paths: local.resolve.paths }) });
  }
}

/** What `local` makes of the name; of a package that it misses, what `kernel` makes of it. */
function orKernels<T>(name: string, local: (name: string) => T, kernel: (name: string) => T): T {
  try {
    return local(name);
  } catch (error) {
    if (!isMissing(error, name) || isLocal(name)) throw error;
    return kernel(name);
  }
}

function isLocal(name: string): boolean {
  return /^(?:[./]|file:)/.test(name);
}

function isMissing(error: unknown, name: string): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "MODULE_NOT_FOUND" && (error as Error).message.includes(`'${name}'`);
}
