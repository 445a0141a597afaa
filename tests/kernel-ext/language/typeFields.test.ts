import { afterAll, beforeAll, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import type { Inspection } from "../../../kernel-ext/language/inspection.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

const wide = Array.from({ length: 240 }, (_, index) => `f${String(index).padStart(3, "0")}: 1;`).join(" ");
let language: CellLanguage;
beforeAll(async () => {
  language = new CellLanguage({ folder: import.meta.dirname, magics, tell: () => undefined });
  await language.ready;
  const cell = `
    import { data, fit, type AdamOptions, type FitOptions } from "tunelab";
    /** Mine. */
    interface Box {
      /** How wide, in mm. Not more. */
      width: number; high?: number; open(): void
    }
    interface Wide { ${wide} }
    interface Pair<K extends { a: string }, V = K> { key: K; rest: Map<K, Pair<K, V>> }
    interface Nothing {}`;
  expect((await language.check(1, cell)).diagnostics).toEqual([]);
  language.commit(1);
});
afterAll(() => language.dispose());

/** `|` is the cursor. */
async function told(marked: string, detail: 0 | 1 = 0): Promise<Inspection | undefined> {
  return await language.inspect(marked.replace("|", ""), marked.indexOf("|"), detail);
}

it.each([
  ["in a declaration that is not finished", "const options: FitOpt|ions = {"],
  ["below a magic", "%%time\nlet options: FitOptions|"],
  ["imported under another name", 'import type { FitOptions as Mine } from "tunelab"; f(x as M|ine'],
])("lists an interface's fields, a sentence each: %s", async (_where, code) => {
  const found = await told(code);
  expect(found?.text).toMatch(/^interface FitOptions\n/);
  expect(found?.text).toContain("\n  epochs?: number\n      Passes over the training split, ≥ 1.\n");
  expect(found?.markdown).toContain("\n- `epochs?: number`: Passes over the training split, ≥ 1.\n");
});

it("lists inherited fields, those of a namespace's type, and those of the person's own", async () => {
  expect((await told("let o: Adam|Options"))?.text).toMatch(/\n {2}beta1\?: number\n/);
  expect((await told("let o: data.Arrays|Options"))?.text).toMatch(/\n {2}classes\?: number \| Several</);
  const box =
    "interface Box\n\nMine.\n\n  high?: number\n\n  open(): void\n\n  width: number\n      How wide, in mm.\n";
  expect((await told("let o: Bo|x"))?.text).toBe(box);
  expect((await told("/** Mine. */ interface Hut|ch { doors: 2 }"))?.text).toBe(
    "interface Hutch\n\nMine.\n\n  doors: 2\n",
  );
});

it("keeps an interface's own parameters in its fields", async () => {
  expect((await told("let o: Pa|ir<any>"))?.text).toMatch(
    /^interface Pair<K extends \{[^}]*\}, V = K>\n\n {2}key: K\n\n {2}rest: Map<K, Pair<K, V>>\n$/,
  );
  const help = await language.help("Pair", "");
  expect(help?.text).toContain("\n  key: K\n");
});

it("says more of them where more is asked for, within bounds", async () => {
  const [some, more] = [await told("let o: Wi|de"), await told("let o: Wi|de", 1)];
  expect(some?.text.match(/^ {2}f\d+: 1$/gm)).toHaveLength(30);
  expect(some?.text).toMatch(/\n {2}and f030, f031, .*, f129, and 110 more\n$/);
  expect(more?.text.match(/^ {2}f\d+: 1$/gm)).toHaveLength(100);
  expect(more?.markdown).toMatch(/\n- `f099: 1`\n\nand f100, .*, f199, and 40 more$/);
  const long = `interface Long { it: [${"number, ".repeat(40)}string] }`;
  const line = (await told(`${long} let o: Lon|g`))?.text.split("\n")[2] ?? "";
  expect([...line].length).toBeLessThanOrEqual(162);
  expect(line).toMatch(/^ {2}it: \[number, number, .*…$/);
});

it("says of one overload and of a method with tags only what they are", async () => {
  const text = (await told("let m: Ma|p<string, number>"))?.text;
  expect(text).toMatch(/\n {2}has\(key: K\): boolean\n {6}Returns: boolean indicating /);
  const over = "interface Over { on(a: 1): void; on(a: 2): void }";
  expect((await told(`${over} let o: Ov|er`))?.text).toBe("interface Over\n\n  on(a: 1): void\n");
});

it("lists a class's fields, accessors among them, and not what is private, protected or static", async () => {
  const own = `class Own<T> {
    static made = 0; private hidden = 1; protected kept = 2; #inner = 3;
    /** How wide. */ get width() { return this.hidden + this.kept + this.#inner }
    turn(by: T) {}
  }`;
  expect((await told(`${own} let o: Ow|n<1>`))?.text).toBe(
    "class Own<T>\n\n  turn(by: T): void\n\n  width: number\n      How wide.\n",
  );
  expect((await told("abstract class Some { abstract a: 1 } let o: So|me"))?.text).toBe(
    "abstract class Some\n\n  a: 1\n",
  );
});

it("lists the fields of an object's type that has a name, instead of showing it", async () => {
  const own = "/** Mine. */ type Size<T> = {\n/** In mm. */ width?: T; high: { of: number } };";
  const found = await told(`${own} let o: Si|ze<1>`);
  expect(found?.text).toBe(
    "type Size<T> = { … }\n\nMine.\n\n  high: { of: number; }\n\n  width?: T\n      In mm.\n",
  );
  expect(found?.markdown).toMatch(/^```\w+\ntype Size<T> = \{ … \}\n```\nMine\.\n\n- `high: /);
  // So long that the server leaves out the middle.
  const long = await told(`type Long = { ${wide} }; let o: Lon|g`);
  expect(long?.text).toMatch(/^type Long = \{ … \}\n\n {2}f000: 1\n/);
});

it("lists fields whose names are no identifiers", async () => {
  const own = 'interface Odd { "my-key"?: string; 0: 1; größe: 2 }';
  expect((await told(`${own} let o: Od|d`))?.text).toBe(
    'interface Odd\n\n  größe: 2\n\n  "my-key"?: string\n\n  0: 1\n',
  );
});

it("lists of what can be called only its own fields", async () => {
  const own = "interface Step<A extends unknown[]> { (...given: A): void;\n/** How often. */ count: number }";
  expect((await told(`${own} let o: St|ep<[]>`))?.text).toBe(
    "interface Step<A extends unknown[]>\n\n  count: number\n      How often.\n",
  );
});

it.each([
  ["a union", 'type Way = "in" | "out"', 'type Way = "in" | "out"'],
  ["a function", "type Way = (a: 1) => 2", "type Way = (a: 1) => 2"],
  ["an array", "type Way = string[]", "type Way = string[]"],
])("shows what a name of %s stands for", async (_what, own, text) => {
  const code = `${own}; let o: Way`;
  expect((await language.inspect(code, code.length))?.text).toBe(text);
});

it("leaves alone what is no type, and one without fields", async () => {
  expect((await told("let o: Noth|ing"))?.text).toBe("interface Nothing");
  expect((await told("let size: FitOptions; si|ze"))?.text).toBe("let size: FitOptions");
  expect((await told("fi|t"))?.text).toMatch(/^function fit\(/);
});
