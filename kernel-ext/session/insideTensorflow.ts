/**
 * Imports of TensorFlow.js's own files, such as `@tensorflow/tfjs-core/dist/ops/add`. The type checker knows them; Node
 * loads none that imports another, as they name each other without `.js`.
 */
import { property } from "./property.js";

const inside = /^(@tensorflow\/tfjs(?:-[a-z-]+)?)\/dist\/(.+)$/;
const notLoaded = ["ERR_MODULE_NOT_FOUND", "ERR_UNSUPPORTED_DIR_IMPORT"];

export interface WantedExports {
  /** As the cell names it. */
  readonly module: string;
  readonly names: readonly string[];
}

/**
 * What to tell of an import that failed with `error`: where it was of a file inside TensorFlow.js, in one sentence what
 * to import instead; else `error`.
 */
export function namedIfInsideTensorflow(
  error: unknown,
  { module, names }: WantedExports,
  require: (name: string) => unknown,
): unknown {
  const [, name, path = ""] = inside.exec(module) ?? [];
  if (name === undefined || !notLoaded.includes(String(property(error, "code")))) return error;
  const whole = loaded(name, require);
  if (whole === undefined) return error;
  const folder = path.split("/").at(-2) ?? "";
  const spaces = new Map(names.map((wanted) => [wanted, spaceOf(wanted, { whole, folder })]));
  return new TypeError(
    `import "${module}": a file inside TensorFlow.js gives types alone (import type), since its values would be a second TensorFlow.js beside the one that runs; ${adviceOf(name, spaces)}`,
  );
}

/** Undefined for a package that is not there. */
function loaded(name: string, require: (name: string) => unknown): unknown {
  try {
    return require(name);
  } catch {
    return undefined;
  }
}

/** Where the package has `wanted`: in a namespace, the folder's before others, or `""` by itself; undefined for nowhere. */
function spaceOf(
  wanted: string,
  { whole, folder }: { readonly whole: unknown; readonly folder: string },
): string | undefined {
  const has = (space: string) => property(property(whole, space), wanted) !== undefined;
  if (has(folder)) return folder;
  if (property(whole, wanted) !== undefined) return "";
  return Object.keys(Object(whole)).find(has);
}

function adviceOf(name: string, spaces: ReadonlyMap<string, string | undefined>): string {
  const found = [...spaces].filter(([, space]) => space !== undefined);
  if (found.length === 0) return `values are to be had of what "${name}" exports`;
  const imported = [...new Set(found.map(([wanted, space]) => space || wanted))];
  const within = found.flatMap(([wanted, space]) => (space ? [`${space}.${wanted}`] : []));
  const where = within.length > 0 ? `, which has ${within.join(", ")}` : "";
  return `write import { ${imported.join(", ")} } from "${name}"${where}`;
}
