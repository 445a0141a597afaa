/** What tsconfig.json and a cell's pragmas say of the JavaScript to be made: JSX and decorators. */
import type { CompilerOptions } from "./userConfig.js";

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
}

/** Without a word of the person's on it, JSX calls `h` and `Fragment`. */
export function syntaxOf(options: CompilerOptions): CellSyntax {
  return { jsx: jsxOf(options), legacyDecorators: options.experimentalDecorators === true };
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
