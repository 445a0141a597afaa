/** The tsconfig.json that cells are checked under. It lives in memory and hides the person's own one, so it takes that in. */
import { join } from "node:path";
import { HUB_MODULE } from "./cellDocuments.js";
import { isModernTarget, syntaxOf } from "./cellSyntax.js";
import type { CompilerOptions } from "./configFile.js";

/** Options that would break a notebook: they concern files that are written, or how modules must be spelled. */
const NOT_TAKEN = new Set(
  (
    "module moduleResolution noEmit emitDeclarationOnly declaration declarationMap declarationDir outDir outFile rootDir " +
    "rootDirs composite incremental tsBuildInfoFile sourceMap inlineSourceMap inlineSources isolatedModules " +
    "isolatedDeclarations verbatimModuleSyntax noUnusedLocals noUnusedParameters erasableSyntaxOnly " +
    "allowUnreachableCode allowUnusedLabels noEmitOnError removeComments importHelpers moduleDetection"
  ).split(" "),
);

export interface CheckerConfigOptions {
  readonly folder: string;
  /** What the program consists of. Named one by one, as an open document that is not named stays out of it. */
  readonly files: readonly string[];
  /** What of them the cells import each other by. */
  readonly hub: string;
  /** Where the kernel's own node_modules lies. */
  readonly kernelRoot: string;
  /** Module, or a pattern of modules → where its declarations may lie, the likeliest first. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly user: CompilerOptions;
  /** The folder of the person's tsconfig.json. */
  readonly userFolder: string | undefined;
  /** Files of the person's project that declare for all modules. */
  readonly declarations: readonly string[];
  /** What holds where the person's tsconfig.json says nothing. */
  readonly strict: boolean;
}

/** The text of the in-memory tsconfig.json. */
export function checkerConfig(options: CheckerConfigOptions): string {
  return JSON.stringify({
    compilerOptions: checkerOptions(options),
    files: [...options.files, ...options.declarations],
  });
}

/**
 * What stands in its place while documents are opened one by one, each of which makes the server build the program
 * anew: no libraries and no imports, so that it is a small one.
 */
export function openingConfig(options: CheckerConfigOptions): string {
  const { lib: _, ...rest } = checkerOptions(options);
  const compilerOptions = { ...rest, noLib: true, noResolve: true, types: [] };
  return JSON.stringify({ compilerOptions, files: options.files });
}

/**
 * The tsconfig.json of the folder above, for documents that the other does not name. It keeps the server from looking
 * further up, where it could find a project of thousands of files.
 */
export function waitingConfig(files: readonly string[]): string {
  return JSON.stringify({
    compilerOptions: { noLib: true, noResolve: true, types: [], noEmit: true },
    files,
  });
}

function checkerOptions({
  folder,
  hub,
  kernelRoot,
  paths,
  user,
  userFolder,
  strict,
}: CheckerConfigOptions): Record<string, unknown> {
  const taken = Object.fromEntries(Object.entries(user).filter(([key]) => !NOT_TAKEN.has(key)));
  const own: CompilerOptions = {
    target: "esnext",
    module: "preserve",
    moduleResolution: "bundler",
    strict,
    // So that `const list = []` is any[] and no error is made of it later; see `isShown` in diagnostics.ts.
    noImplicitAny: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    skipLibCheck: true,
    esModuleInterop: true,
    types: ["node"],
    typeRoots: [join(kernelRoot, "node_modules", "@types")],
    lib: ["esnext", "dom", "dom.iterable", "esnext.disposable"],
  };
  const { jsx, assignFields } = syntaxOf(user);
  // Only "react" has the checker look whether what JSX calls is there, whatever the project leaves to other tools.
  const factory =
    jsx.runtime === "classic"
      ? { jsx: "react", jsxFactory: jsx.pragma, jsxFragmentFactory: jsx.pragmaFrag }
      : {};
  const compilerOptions: Record<string, unknown> = {
    ...own,
    ...taken,
    ...factory,
    ...(isModernTarget(taken.target) ? {} : { target: own.target }),
    ...(assignFields && { useDefineForClassFields: false }),
    noEmit: true,
  };
  // Cells run in Node whatever the project is for: its own libraries and types come beside Node's.
  for (const key of ["lib", "types"])
    compilerOptions[key] = [...new Set([own[key], taken[key] ?? []].flat())];
  const roots = taken.typeRoots ?? (taken.types ? typeFolders(folder, userFolder) : []);
  compilerOptions.typeRoots = [roots, own.typeRoots].flat();
  const userPaths = (taken.paths ?? {}) as Record<string, unknown>;
  compilerOptions.paths = { ...Object.fromEntries(paths), ...userPaths, [HUB_MODULE]: [hub] };
  return compilerOptions;
}

/** Beside the notebook and up to the tsconfig.json that asks for the types. */
function typeFolders(folder: string, userFolder = folder): string[] {
  return [...new Set([folder, userFolder])].map((at) => join(at, "node_modules", "@types"));
}
