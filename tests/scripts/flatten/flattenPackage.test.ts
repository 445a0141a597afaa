import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flattenPackage } from "../../../scripts/flatten/flattenPackage.mjs";

const root = join(import.meta.dirname, "..", "..", "..");
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tunelab-flatten-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What TensorFlow.js's declarations do, on a few lines each. */
const shapes = {
  "dist/index.d.ts": `
    import './chained';
    export * from './shape';
    export * from './scale';
    export { area as areaOf } from './area';
    export * as tools from './tools';
    import * as more from './tools';
    export { more };
    export { Unit } from 'unit';`,
  "dist/shape.d.ts": `
    /**
     * @license
     * Copyright of the shapes.
     */
    /// <reference types="none" />
    import { Size } from './size';
    /** A shape. */
    export declare class Shape<T extends Size = Size> { private readonly id: number; size: T; }
    declare const hidden: number;
    export {};`,
  "dist/size.d.ts": `
    /**
     * @license
     * Copyright of the others.
     */
    export declare type Size = 'small' | 'large'; export declare const least: Size;`,
  "dist/scale.d.ts": `
    import { Shape } from './shape';
    declare function scale_<T extends Shape>(shape: T | import("./shape").Shape<import("./size").Size>, by: number): T;
    declare const hidden: string;
    export declare const scale: typeof scale_;
    export {};`,
  "dist/area.d.ts": `
    /**
     * @license
     * Copyright of the shapes.
     */
    import { Shape } from './shape';
    import { Unit } from 'unit';
    export declare function area(shape: Shape, unit: Unit): number;
    export declare function area(shape: Shape): number;`,
  "dist/tools.d.ts": `
    import * as sizes from './size';
    export * from './size';
    export * from './again';
    export declare const all: typeof sizes;
    export declare enum Order { Up = 0, Down = 1 }`,
  "dist/again.d.ts": `export * from './tools'; export declare const least: 'another'; export declare const again: 1;`,
  "dist/chained.d.ts": `import { Size } from './size';
    declare module './shape' { interface Shape<T extends Size = Size> { grow(size: Size): Shape; } }`,
} as const;

const unit = { "index.d.ts": "export interface Unit { readonly name: string }" };

function write(name: string, files: Readonly<Record<string, string>>): string {
  const at = join(folder, "node_modules", name);
  for (const [path, text] of Object.entries({ "package.json": `{"name":"${name}"}`, ...files })) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text.replaceAll(/^ {4}/gm, "").trimStart());
  }
  return at;
}

function flatten(own: string): Map<string, string> {
  return flattenPackage({
    name: "shapes",
    version: "1.2.3",
    folder: own,
    entries: [join(own, "dist/index.d.ts")],
  });
}

/** The types of expressions as TypeScript tells them when they are assigned to what none fits. */
function typesOf(package_: string, expressions: readonly string[]): string {
  const asked = expressions.map((one, i) => `const v${i}: Nothing = ${one};`);
  const head = `import * as s from "${package_}/dist/index"; declare const shape: s.Shape; declare const unit: s.Unit;`;
  const text = [`interface Nothing { nothing: 1 }`, head, ...asked].join("\n");
  writeFileSync(join(folder, "asked.ts"), text);
  const options = ["--noEmit", "--strict", "--module", "preserve", "--target", "esnext", "--types", ""];
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, "asked.ts"], {
    cwd: folder,
    encoding: "utf8",
  });
  const lines = stdout.split("\n").filter((line) => !line.startsWith("node_modules"));
  return lines
    .join("\n")
    .replaceAll(/\$flat_\w+\./g, "")
    .replaceAll(/import\("[^"]+"\)|\$flat_\w+/g, "a module");
}

it("has the types that the package's own declarations have", () => {
  write("unit", unit);
  const own = write("shapes", shapes);
  write("flat-shapes", Object.fromEntries(flatten(own)));
  const expressions = [
    ...["s.scale(shape, 2)", "s.scale", "shape.grow('small')", "shape.size", "new s.Shape<'large'>()"],
    ...["s.areaOf(shape, unit)", "s.areaOf", "s.tools.least", "s.tools.all.least", "s.more.again"],
    ...["s.tools.Order.Up", "s.least", "s.hidden", "s.area", "s.Size", "s.tools.hidden", "shape.id"],
    ...["s.scale('none', 1)", "shape.grow('medium')", "unit"],
  ];
  const expected = typesOf("shapes", expressions);
  expect(expected.match(/error TS/g)?.length).toBeGreaterThanOrEqual(expressions.length);
  expect(typesOf("flat-shapes", expressions)).toBe(expected);
});

it("keeps what is written above a declaration, and each licence once", () => {
  const own = write("shapes", shapes);
  const files = flatten(own);
  const text = files.get("flat.d.ts") ?? "";
  expect(text).toMatch(/\/\*\* A shape\. \*\/\n\s*export class Shape</);
  expect(text.match(/@license/g)).toHaveLength(2);
  expect(text).toMatch(
    /^\/\*\*\n \* @license\n \* Copyright of the (?:shapes|others)\.\n \*\/\n\/\*\*\n \* @license/,
  );
  expect(text).toContain("// Made from the declarations of shapes 1.2.3: changed to ");
  expect(text).not.toMatch(/reference types|declare module/);
});

it("gives every module a file in the place of its own", () => {
  const own = write("shapes", shapes);
  const files = flatten(own);
  expect([...files.keys()].sort()).toEqual([...Object.keys(shapes), "flat.d.ts"].sort());
  expect(files.get("dist/size.d.ts")).toBe(
    [
      'import * as flat from "../flat";',
      "export import Size = flat.$flat_shapes__dist_size.Size;",
      "export import least = flat.$flat_shapes__dist_size.least;\n",
    ].join("\n"),
  );
});

it.each([
  ["export default function f(): void;", /index\.d\.ts has a ExportDefaultDeclaration, which flattened/],
  ["import f from './other'; export { f };", /index\.d\.ts has a ImportDefaultSpecifier, which flattened/],
  ["declare global { interface Window {} } export {};", /index\.d\.ts has a TSModuleDeclaration, which/],
  [
    "declare module './other' { const added: 1; } export {};",
    /index\.d\.ts has a VariableDeclaration, which/,
  ],
  ["export * from './missing';", /index\.d\.ts imports \.\/missing, which has no declarations$/],
  ["export declare const = 1;", /index\.d\.ts cannot be read: /],
  [
    "export * from './one-two'; export * from './one_two';",
    /two modules of broken have names that differ in signs only/,
  ],
])("refuses what it cannot say: %s", (text, message) => {
  const others = {
    "other.d.ts": "export {};",
    "one-two.d.ts": "export declare const a: 1;",
    "one_two.d.ts": "export {};",
  };
  const own = write("broken", { "index.d.ts": text, ...others });
  expect(() =>
    flattenPackage({ name: "broken", version: "1.0.0", folder: own, entries: [join(own, "index.d.ts")] }),
  ).toThrow(message);
});
