import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { formatDiagnostics } from "../../../kernel-ext/language/diagnostics.js";
import { LIBRARY_NAMES } from "../../../kernel-ext/language/meantName.js";
import { magics } from "../../../kernel-ext/magics/magics.js";
import * as tunelab from "../../../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "meant-name-"));
let language: CellLanguage;
let cell = 0;
beforeAll(async () => {
  language = new CellLanguage({ folder, magics, tell: () => undefined });
  await language.ready;
});
beforeEach(() => language.reset());
afterAll(async () => {
  await language.dispose();
  rmSync(folder, { recursive: true });
});

async function told(source: string): Promise<string> {
  language.syntax();
  const { diagnostics } = await language.check(++cell, source);
  language.commit(cell);
  return formatDiagnostics(diagnostics, { cell, source });
}

describe("a misspelt name", () => {
  it.each([
    ["of an earlier import, not a global", "modles.mlp({})", "'modles'. Did you mean 'models'?"],
    [
      "of an earlier variable, of which TypeScript knows nothing",
      "trainig + 1",
      "'trainig'. Did you mean 'training'?",
    ],
    ["of the cell itself", "const epochs = 3;\nepocs", "'epocs'. Did you mean 'epochs'?"],
    ["of a global", "consol.log(1)", "'consol'. Did you mean 'console'?"],
    ["near nothing", "zebra", "'zebra'.\n"],
    ["too short to be near", "q", "'q'.\n"],
  ])("%s", async (_what, source, expected) => {
    expect(await told("import { models } from 'tunelab';\nconst training = 1, x = 2;")).toBe("");
    expect(await told(source)).toContain(`Cannot find name ${expected}`);
  });

  it("of tunelab's that was not imported comes with its import", async () => {
    expect(await told("fti(1)")).toMatch(
      /Did you mean 'fit'\?[\s\S]*\n {2}import \{ fit \} from "tunelab" brings fit$/,
    );
    expect(await told("models.mlp({})")).toMatch(
      /'models'\.\n[\s\S]*import \{ models \} from "tunelab" brings models$/,
    );
  });

  it("is looked for among names that tunelab has", () => {
    expect(Object.keys(tunelab)).toEqual(expect.arrayContaining(LIBRARY_NAMES));
  });
});

describe("JSX without what makes its elements", () => {
  afterEach(() => rmSync(join(folder, "tsconfig.json"), { force: true }));

  it("is an error that says what to do, once", async () => {
    expect(await told("1;\nconst el = <div><b/></div>;")).toMatch(
      /^cell \d+, line 2: error TS2874: JSX calls 'h', which nothing here has\.\n {2}2 │ .*\n {4}│ {12}~\n {2}declare or import h, .*@jsx.*jsxImportSource in tsconfig\.json$/,
    );
    expect((await told("<><b/></>")).match(/JSX calls '\w+'/g)).toEqual([
      "JSX calls 'h'",
      "JSX calls 'Fragment'",
    ]);
    expect(await told("/** @jsx make */\n<b/>")).toContain("JSX calls 'make'");
  });

  it("is none where an earlier cell, or the cell itself, has it", async () => {
    const own = "const h = (...parts: unknown[]) => parts;\nconst own = <b/>;";
    expect(await told(own)).toBe("");
    expect(
      await told(
        "const view = (make: (...parts: unknown[]) => unknown[], Fragment: string) => { const h = make; return <><b/></>; };",
      ),
    ).toBe("");
    expect(await told("const other = <i/>; const isLess = (a: number, b: number) => a<b;")).toBe("");
    language.reset();
    expect(await told("const f = <T,>(x: T) => x; f<number>(1)")).toBe("");
  });

  it("names the package of a runtime that is not installed", async () => {
    writeFileSync(
      join(folder, "tsconfig.json"),
      '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "no-such-ui" } }',
    );
    expect(await told("const el = <div/>;")).toContain("%npm install no-such-ui makes it importable here");
  });
});
