/** The names compiled cells may use (see `CompiledCell`). */
import { pathToFileURL } from "node:url";
import { ownName } from "../language/ownGlobals.js";

export interface CellRuntime {
  aw(value: unknown, place?: number): unknown;
  ait(source: AsyncIterable<unknown> | Iterable<unknown>, place?: number): AsyncIterable<unknown>;
  noteStack(): void;
  imp(specifier: unknown, options?: unknown, needed?: readonly string[]): Promise<unknown>;
  /** `import.meta.resolve`. */
  resolve(specifier: string): string;
  /** Takes the value of cell `cell`'s last expression. */
  res(cell: number, value: unknown): void;
}

export interface NotebookRuntime {
  display(values: readonly unknown[]): void;
  magic(name: string, args: string, body?: () => unknown): Promise<unknown>;
  /** A line magic whose TypeScript stands between these two. */
  begin(name: string, args: string): Promise<void>;
  end(value?: unknown): Promise<unknown>;
  shell(command: string): Promise<unknown>;
  input(prompt: string, password: boolean): Promise<string>;
}

/** TypeScript declarations of the globals a person may use, for the checker. */
export const globalDeclarations = `
/**
 * Shows values below the cell, each as a cell's last expression is shown: a chart, a table, a picture, or text. A value
 * is shown at once, in the order of what is printed; one that says by a promise what it looks like when that settles, and
 * the cell that shows it waits for it.
 */
declare function display(...values: readonly unknown[]): void;
/** Asks for a line of text below the cell. */
declare function input(prompt?: string): Promise<string>;
/** Asks for a line of text that is not shown while it is typed. */
declare function password(prompt?: string): Promise<string>;
`;

/** Hidden from enumeration; cells cannot overwrite them by accident, since their own names are lexical. */
export function installCellGlobals(
  runtime: CellRuntime,
  notebook: NotebookRuntime,
  folder: () => string,
): void {
  const { resolve, ...cells } = runtime;
  const { magic, begin, end, shell } = notebook;
  const meta = {
    get url() {
      return pathToFileURL(`${folder()}/__cell__.mjs`).href;
    },
    get dirname() {
      return folder();
    },
    get filename() {
      return `${folder()}/__cell__.mjs`;
    },
    resolve,
  };
  defineGlobal(ownName("__dirname"), () => meta.dirname);
  defineGlobal(ownName("__filename"), () => meta.filename);
  defineFixed("__tsk", Object.freeze({ ...cells, meta }));
  defineFixed("__tunelab", Object.freeze({ magic, begin, end, shell }));
  defineGlobal(
    "display",
    () =>
      (...values: unknown[]) =>
        notebook.display(values),
  );
  defineGlobal(
    "input",
    () =>
      (prompt = "") =>
        notebook.input(String(prompt), false),
  );
  defineGlobal(
    "password",
    () =>
      (prompt = "") =>
        notebook.input(String(prompt), true),
  );
}

/** A global with a getter, for what depends on the folder of the moment. */
export function defineGlobal(name: string, get: () => unknown): void {
  Object.defineProperty(globalThis, name, { get, configurable: true, enumerable: false });
}

/** A global of the kernel's own that no cell can delete or replace: all later ones need it. */
export function defineFixed(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: false, writable: false, enumerable: false });
}
