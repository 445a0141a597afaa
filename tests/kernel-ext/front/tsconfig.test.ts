import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Execution, KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
beforeEach(async () => {
  rmSync(join(kernel.folder, "tsconfig.json"), { force: true });
  await kernel.execute("0");
});
afterAll(() => kernel.close());

let clock = Date.now() / 1000;
function write(name: string, text: string): void {
  const file = join(kernel.folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  clock += 1;
  utimesSync(file, clock, clock);
}

async function fine(code: string): Promise<Execution> {
  const run = await kernel.execute(code);
  expect(run.reply, JSON.stringify(run.reply)).toMatchObject({ status: "ok" });
  return run;
}

it("follows a tsconfig.json that is written, changed and removed meanwhile, and says so", async () => {
  const untyped = "function twice(x) { return x * 2 } twice(2)";
  await fine(untyped);
  write("tsconfig.json", '{ "compilerOptions": { "noImplicitAny": true, "strict": false, } } // loose');
  expect((await kernel.execute(untyped)).reply.evalue).toMatch(/implicitly has an 'any' type/);
  const loose = await fine("const text: string = null; text");
  expect(streamText(loose, "stderr")).toMatch(/tsconfig\.json changed/);
  write("tsconfig.json", '{ "compilerOptions": { "strict": true } }');
  expect((await kernel.execute("const text: string = null; text")).reply.evalue).toMatch(/TS2322/);
  rmSync(join(kernel.folder, "tsconfig.json"));
  expect(streamText(await fine(untyped), "stderr")).toMatch(/tsconfig\.json changed/);
});

it("says so below the next cell that shows anything, however many silent ones a client runs before", async () => {
  write("tsconfig.json", '{ "compilerOptions": { "strict": false } }');
  for (const code of ["1", "2"]) await kernel.execute(code, { silent: true });
  expect(streamText(await fine("3"), "stderr")).toMatch(/^\[tunelab\] tsconfig\.json changed[^[]*$/);
  expect(streamText(await fine("4"), "stderr")).toBe("");
});

it("says why a tsconfig.json is not used, and goes on without it", async () => {
  write("tsconfig.json", '{\n  "compilerOptions": { "strict": tr\n}');
  const run = await fine("1 + 1");
  expect(resultText(run)).toBe("2");
  expect(streamText(run, "stderr")).toMatch(
    /tsconfig\.json is not used: .*tsconfig\.json cannot be read: .*line \d/,
  );
});

it("takes what it extends", async () => {
  write("base/tsconfig.base.json", '{ "compilerOptions": { "jsx": "react", "jsxFactory": "make" } }');
  write("tsconfig.json", '{ "extends": "./base/tsconfig.base" }');
  await fine("declare global { namespace JSX { interface IntrinsicElements { [name: string]: object } } }");
  await fine("const make = (...parts: unknown[]) => parts;");
  expect(resultText(await fine("<p>hi</p>"))).toBe("[ 'p', null, 'hi' ]");
  write(
    "view.tsx",
    "const make = (...parts: unknown[]) => ['file', ...parts];\nexport const view: any = <b/>;",
  );
  expect(resultText(await fine("import { view } from './view'; view"))).toBe("[ 'file', 'b', null ]");
});

it("takes what it extends of a package that is installed meanwhile", async () => {
  write("tsconfig.json", '{ "extends": "@tsconfig/loose" }');
  expect(streamText(await fine("1"), "stderr")).toMatch(
    /tsconfig\.json is not used: .* extends "@tsconfig\/loose", which no installed package has\n$/,
  );
  expect(streamText(await fine("2"), "stderr")).toBe("");
  write("node_modules/@tsconfig/loose/package.json", '{ "name": "@tsconfig/loose", "version": "1.0.0" }');
  write("node_modules/@tsconfig/loose/tsconfig.json", '{ "compilerOptions": { "strict": false } }');
  expect(streamText(await fine("const text: string = null; text"), "stderr")).toMatch(
    /tsconfig\.json changed/,
  );
});

it("makes JSX as React's automatic runtime, or by a cell's own pragma", async () => {
  write(
    "node_modules/mini/package.json",
    '{ "name": "mini", "exports": { "./jsx-runtime": "./runtime.mjs" } }',
  );
  write("node_modules/mini/runtime.mjs", "export const jsx = (type, props) => ({ type, props });");
  write("tsconfig.json", '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "mini" } }');
  await kernel.execute("%typecheck off");
  expect(resultText(await fine("<p id='a'/>"))).toBe("{ type: 'p', props: { id: 'a' } }");
  await kernel.execute("%typecheck strict");
  rmSync(join(kernel.folder, "tsconfig.json"));
  await fine("const build = (...parts: unknown[]) => parts;");
  expect(resultText(await fine("/** @jsx build */\n<i/>"))).toBe("[ 'i', null ]");
});

it("resolves its paths for types and when it runs, in cells and in files", async () => {
  write(
    "tsconfig.json",
    '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"], "one": ["./lib/deep"] } } }',
  );
  write("lib/deep.ts", "import { side } from '@lib/side';\nexport const deep: 'aliased' = side;");
  write("lib/side.ts", "export const side = 'aliased';");
  expect(resultText(await fine("import { deep } from '@lib/deep'; const same: 'aliased' = deep; same"))).toBe(
    "'aliased'",
  );
  expect(resultText(await fine("import { deep as one } from 'one'; one"))).toBe("'aliased'");
  write("lib/side.ts", "export const side = 'changed' as 'aliased';");
  expect(resultText(await fine("import { deep } from '@lib/deep'; deep"))).toBe("'changed'");
});

it("runs TypeScript's old decorators when it asks for them", async () => {
  write("tsconfig.json", '{ "compilerOptions": { "experimentalDecorators": true } }');
  const old =
    "const seen: string[] = [];\nfunction old(_: object, key: string, at?: any) { seen.push([key, typeof at].join(' ')) }\n";
  expect(
    resultText(await fine(`${old}class Old { @old go(@old x: number) { return x } }\nnew Old().go(1); seen`)),
  ).toBe("[ 'go number', 'go object' ]");
  write("old.ts", `${old}class Old { @old go() {} }\nexport { seen };`);
  expect(resultText(await fine("import { seen as fileSeen } from './old'; fileSeen"))).toBe(
    "[ 'go object' ]",
  );
});

it("keeps what cells need of Node whatever the project is for", async () => {
  write("node_modules/@types/widget/index.d.ts", "declare const widget: 'typed';");
  write("node_modules/@types/widget/package.json", '{ "name": "@types/widget", "version": "1.0.0" }');
  write(
    "tsconfig.json",
    '{ "compilerOptions": { "target": "es5", "lib": ["es2015"], "module": "commonjs", "types": ["widget"], "isolatedModules": true } }',
  );
  await fine(
    "import { basename } from 'node:path'; console.log(await Promise.resolve([1, 2].includes(1)), basename('/a/b'), process.pid); for (const x of new Set([1])) x;",
  );
  await fine("let typed: typeof widget = 'typed';");
});

it("assigns the fields of classes where its target is from before they were defined", async () => {
  const fields =
    "const seen: string[] = [];\nclass Base { set size(value: number) { seen.push('set ' + value) } }\n" +
    "class Derived extends (Base as any) { size = 1; bare?: number }\n";
  const value = `${fields}new Derived(); [seen.length, Object.hasOwn(new Derived(), 'bare')]`;
  expect(resultText(await fine(value))).toBe("[ 0, true ]");
  write("tsconfig.json", '{ "compilerOptions": { "target": "es2020" } }');
  expect(resultText(await fine(value))).toBe("[ 1, false ]");
  write("fields.ts", `${fields}new Derived();\nexport const count = seen.length;`);
  expect(resultText(await fine("import { count } from './fields'; count"))).toBe("1");
});

it("follows the nearest tsconfig.json above the notebook's folder", async () => {
  write("proj/tsconfig.json", '{ "compilerOptions": { "strict": false, "paths": { "@up/*": ["./up/*"] } } }');
  write("proj/up/far.ts", "export const far = 'above';");
  mkdirSync(join(kernel.folder, "proj/nb"), { recursive: true });
  await kernel.execute("%cd proj/nb");
  await fine("const text: string = null; text");
  expect(resultText(await fine("import { far } from '@up/far'; far"))).toBe("'above'");
  write("proj/nb/tsconfig.json", '{ "compilerOptions": { "strict": true } }');
  expect((await kernel.execute("const text: string = null; text")).reply.evalue).toMatch(/TS2322/);
  rmSync(join(kernel.folder, "proj/nb/tsconfig.json"));
  await fine("const text: string = null; text");
  await kernel.execute("%cd ../..");
});

it("takes in the declarations of its files and include, and those that come later", async () => {
  write(
    "decl/types/globals.d.ts",
    "declare const fromProject: 'typed';\ndeclare module '*.txt' { const text: string; export default text }",
  );
  write("decl/skip/hidden.d.ts", "declare const hidden: 1;");
  write("decl/tsconfig.json", '{ "include": ["**/*"], "exclude": ["skip"] }');
  await kernel.execute("%cd decl");
  await fine("let typed: typeof fromProject = 'typed'; type T = typeof import('./a.txt');");
  expect((await kernel.execute("typeof hidden; hidden")).reply.evalue).toMatch(/TS2304/);
  write("decl/types/globals.d.ts", "declare const fromProject: 'retyped';");
  await fine("let retyped: typeof fromProject = 'retyped';");
  write("decl/types/more.d.ts", "declare const more: 'more';");
  await fine("let added: typeof more = 'more';");
  write("decl/tsconfig.json", '{ "files": ["types/more.d.ts"] }');
  await fine("let still: typeof more = 'more';");
  expect((await kernel.execute("let gone: typeof fromProject;")).reply.evalue).toMatch(/TS2304/);
  await kernel.execute("%cd ..");
});

it("takes baseUrl as a folder of modules, for types and when it runs", async () => {
  write("tsconfig.json", '{ "compilerOptions": { "baseUrl": "./root" } }');
  write("root/deep/part.ts", "import { other } from 'other';\nexport const part: 'part' = other;");
  write("root/other.ts", "export const other = 'part';");
  expect(resultText(await fine("import { part } from 'deep/part'; const same: 'part' = part; same"))).toBe(
    "'part'",
  );
  expect(
    resultText(
      await fine("import { z } from 'zod'; import { join } from 'path'; [typeof z.string, join('a', 'b')]"),
    ),
  ).toBe("[ 'function', 'a/b' ]");
});

it("says of an alias and of a part of a package what is wrong, and not to install a stranger's package", async () => {
  write("tsconfig.json", '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }');
  write("node_modules/pk/package.json", '{ "name": "pk", "exports": { ".": "./i.js" } }');
  write("node_modules/pk/i.js", "exports.a = 1;");
  const traceback = async (code: string) =>
    ((await kernel.execute(code)).reply.traceback as string[]).join("\n");
  for (const mode of ["strict", "off"]) {
    await kernel.execute(`%typecheck ${mode}`);
    const alias = await traceback("import { up } from '@lib/up'; up");
    expect(alias).toMatch(/paths say that @lib\/up is .*\/lib\/up: there is no such file/);
    expect(alias).not.toMatch(/%npm/);
    expect(await traceback("import { part } from 'pk/part'; part")).not.toMatch(/%npm/);
    expect(await traceback("import 'no-such-package'; import x from 'no-such-package'; x")).toMatch(
      /%npm install no-such-package makes/,
    );
  }
  await kernel.execute("%typecheck strict");
  expect(await traceback("import { part } from 'pk/part'; part")).toMatch(
    /the package pk is there \(.*\), but gives nothing under the name pk\/part/,
  );
});
