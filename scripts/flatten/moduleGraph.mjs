// The modules of a package that its declarations can be reached through, each with the name of its namespace.
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { readDeclarations } from "./readDeclarations.mjs";

/**
 * @typedef {import("./readDeclarations.mjs").Declarations & { id: string }} Module
 *   `id` is the namespace's name.
 */

/** Invariant: whatever a module names is a module here or the module of another package. */
export class ModuleGraph {
  /** @type {Map<string, Module>} By file. */
  #modules = new Map();
  /** @type {Map<string, string>} Specifier → namespace. */
  #others = new Map();
  #name;
  #folder;

  /**
   * Reads all that the entries import, directly or not.
   * @param {{ name: string, folder: string, entries: string[] }} options The package's name and folder, and files in it.
   */
  constructor({ name, folder, entries }) {
    this.#name = name;
    this.#folder = folder;
    for (const entry of entries) this.#read(entry);
    const ids = new Set([...this.modules, ...this.others.map(([, id]) => ({ id }))].map(({ id }) => id));
    if (ids.size !== this.#modules.size + this.#others.size)
      throw new Error(
        `two modules of ${name} have names that differ in signs only: their namespaces would be one`,
      );
  }

  /** In the order they were reached. */
  get modules() {
    return [...this.#modules.values()];
  }

  /** The modules of other packages: specifier and namespace. */
  get others() {
    return [...this.#others];
  }

  /**
   * What a module means by a specifier: a module here, or the namespace of another package's.
   * @param {Module} from
   * @param {string} source
   * @returns {Module | string}
   */
  meant(from, source) {
    const file = this.#fileOf(from.file, source);
    const found = file === undefined ? this.#others.get(source) : this.#modules.get(file);
    if (found === undefined) throw new Error(`${from.file} names ${source}, which was not read`);
    return found;
  }

  /**
   * The namespace that a specifier stands for.
   * @param {Module} from
   * @param {string} source
   */
  idOf(from, source) {
    const meant = this.meant(from, source);
    return typeof meant === "string" ? meant : meant.id;
  }

  /** @param {string} file */
  #read(file) {
    if (this.#modules.has(file)) return;
    const declarations = readDeclarations(file);
    const path = relative(this.#folder, file).replace(/\.d\.ts$/, "");
    const module = { ...declarations, id: namespaceOf(`${this.#name}/${path}`) };
    this.#modules.set(file, module);
    for (const source of module.sources) {
      const target = this.#fileOf(file, source);
      if (target === undefined) this.#others.set(source, namespaceOf(source));
      else this.#read(target);
    }
  }

  /**
   * The file that a specifier means in this package; packages name their own modules from outside, too.
   * @param {string} from
   * @param {string} source
   */
  #fileOf(from, source) {
    const isOwn = source.startsWith(`${this.#name}/`);
    if (!isOwn && !/^\.\.?(\/|$)/.test(source)) return undefined;
    const at = isOwn ? join(this.#folder, source.slice(this.#name.length)) : join(dirname(from), source);
    const found = [`${at}.d.ts`, join(at, "index.d.ts")].find((file) => existsSync(file));
    if (found === undefined) throw new Error(`${from} imports ${source}, which has no declarations`);
    return found;
  }
}

/**
 * `@tensorflow/tfjs-core/dist/io/io` → `$flat_tfjs_core__dist_io_io`: `flatNames.ts` of the kernel reads the package off it.
 * @param {string} specifier
 */
function namespaceOf(specifier) {
  const [, name = "", path = ""] = /^(?:@[^/]*\/)?([^/]*)(.*)$/.exec(specifier) ?? [];
  return `$flat_${name.replaceAll(/\W/g, "_")}${path.replace("/", "__").replaceAll(/\W/g, "_")}`;
}
