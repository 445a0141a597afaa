/** What tsconfig.json and a cell's pragmas say of the JavaScript to be made: JSX, decorators, fields. */
import type { CompilerOptions } from "./configFile.js";

/** As oxc takes it. */
export interface JsxOptions {
  readonly runtime: "classic" | "automatic";
  readonly pragma?: string;
  readonly pragmaFrag?: string;
  readonly importSource?: string;
}

export interface CellSyntax {
  readonly jsx: JsxOptions;
  /** TypeScript's decorators from before the standard's. */
  readonly legacyDecorators: boolean;
  /** Fields of classes are assigned in the constructor, as before ES2022, and not at all without a value. */
  readonly assignFields: boolean;
}

/** True of ES2022 and later: what cells need of the checker, and where fields began to be defined. */
export function isModernTarget(target: unknown): boolean {
  return typeof target === "string" && /^es(?:next|20(?:2[2-9]|[3-9]\d))$/i.test(target);
}

/** Without a word of the person's on it, JSX calls `h` and `Fragment`. */
export function syntaxOf(options: CompilerOptions): CellSyntax {
  const { target, useDefineForClassFields = target === undefined || isModernTarget(target) } = options;
  return {
    jsx: jsxOf(options),
    legacyDecorators: options.experimentalDecorators === true,
    assignFields: useDefineForClassFields === false,
  };
}

export const plainSyntax: CellSyntax = syntaxOf({});

function jsxOf({ jsx, jsxFactory, jsxFragmentFactory, jsxImportSource }: CompilerOptions): JsxOptions {
  if (jsx === "react-jsx" || jsx === "react-jsxdev")
    return {
      runtime: "automatic",
      importSource: typeof jsxImportSource === "string" ? jsxImportSource : "react",
    };
  const react = jsx === "react" || jsx === "react-native";
  return {
    runtime: "classic",
    pragma: typeof jsxFactory === "string" ? jsxFactory : react ? "React.createElement" : "h",
    pragmaFrag:
      typeof jsxFragmentFactory === "string" ? jsxFragmentFactory : react ? "React.Fragment" : "Fragment",
  };
}

/** The names that JSX in this source stands for: its own pragmas (`@jsx`, `@jsxFrag`) count before tsconfig.json. */
export function jsxNames(source: string, { jsx }: CellSyntax): string[] {
  if (!/<[\w>]/.test(source) || /@jsxImportSource\s/.test(source)) return [];
  const pragma = /@jsx\s+([\w$.]+)/.exec(source)?.[1] ?? jsx.pragma;
  const fragment =
    /@jsxFrag\s+([\w$.]+)/.exec(source)?.[1] ?? (source.includes("<>") ? jsx.pragmaFrag : undefined);
  return [...new Set([pragma, fragment].flatMap((name) => name?.split(".")[0] ?? []))];
}

/** What oxc is to know to do without types. */
export function oxcOptions({ jsx, assignFields }: CellSyntax) {
  return {
    sourcemap: true,
    target: "esnext",
    jsx: { ...jsx },
    assumptions: { setPublicClassFields: assignFields },
    typescript: { removeClassFieldsWithoutInitializer: assignFields },
  };
}
