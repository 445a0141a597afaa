import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CodeQuestions } from "../../../kernel-ext/front/codeQuestions.js";
import { NestingGuard } from "../../../kernel-ext/front/nestingGuard.js";
import { prepareCell } from "../../../kernel-ext/front/prepareCell.js";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { NestingError } from "../../../kernel-ext/language/nesting.js";
import { magics } from "../../../kernel-ext/magics/magics.js";
import { nested } from "../nestedCode.js";

const folder = mkdtempSync(join(tmpdir(), "code-questions-"));
const guard = new NestingGuard(() => undefined);
/** What the checker was asked, and the waits for checks beside cells, in their order. */
const asked: string[] = [];
let language: CellLanguage;
let questions: CodeQuestions;

beforeAll(async () => {
  language = new CellLanguage({ folder, magics, tell: () => undefined });
  await language.ready;
  await language.check(1, "/** Degrees. */\nconst angle = 90; const anger = (a: string) => a.length;");
  language.commit(1);
  const checks = {
    settled: async () => {
      await new Promise(setImmediate);
      asked.push("settled");
    },
  };
  questions = new CodeQuestions(noting(language), { guard, checks });
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  guard.close();
  await language.dispose();
  rmSync(folder, { recursive: true });
});

/** The language itself, whose methods note that they are called. */
function noting(given: CellLanguage): CellLanguage {
  return new Proxy(given, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        asked.push(String(name));
        return Reflect.apply(member, target, args);
      };
    },
  });
}

/** `|` is the cursor, which Jupyter counts in code points. */
function at(marked: string): [code: string, cursor: number] {
  return [marked.replace("|", ""), [...marked].indexOf("|")];
}

const deep = nested.parentheses?.(8_000) ?? "";
const pages = async (code: string) => questions.pages(await prepareCell(code, 2, { own: new Set() }));

describe("isComplete", () => {
  it.each([
    ["angle + 1", { status: "complete" }],
    ["for (const a of [1]) {", { status: "incomplete", indent: "  " }],
    ["%%time\n1", { status: "incomplete", indent: "" }],
    ["%no-such-magic", { status: "invalid" }],
    ["const = 1", { status: "invalid" }],
    [deep, { status: "invalid" }],
  ])("answers %.30s", async (code, answer) => {
    expect(await questions.isComplete(code)).toEqual(answer);
  });

  it("does not pass a failure of the kernel's own off as the code's", async () => {
    const failing = new Proxy(language, {
      get: () => () => {
        throw new TypeError("broken");
      },
    });
    const broken = new CodeQuestions(failing, { guard, checks: { settled: async () => undefined } });
    await expect(broken.isComplete("1")).rejects.toThrow("broken");
    await expect(broken.complete("1", 1)).rejects.toThrow("broken");
    await expect(broken.inspect("1", 1)).rejects.toThrow("broken");
  });
});

describe("complete", () => {
  it("gives the names with their kinds, and the place they replace in code points", async () => {
    const answer = await questions.complete(...at("'😀'; ang|"));
    expect(answer).toMatchObject({ status: "ok", cursor_start: 5, cursor_end: 8 });
    expect(answer.matches).toEqual(expect.arrayContaining(["anger", "angle"]));
    const { _jupyter_types_experimental: types } = answer.metadata as Record<string, { text: string }[]>;
    expect(types?.map(({ text }) => text)).toEqual(answer.matches);
    expect(types?.find(({ text }) => text === "angle")).toMatchObject({ start: 5, end: 8, type: "variable" });
  });

  it("leaves out a signature where there is none", async () => {
    const { metadata } = await questions.complete(...at("%lsma|"));
    const [entry] = (metadata as Record<string, object[]>)._jupyter_types_experimental ?? [];
    expect(entry).toMatchObject({ start: 0, end: 5, text: "%lsmagic", type: "magic" });
    expect(Object.values(entry ?? {})).not.toContain(undefined);
  });
});

describe("inspect", () => {
  it("tells what stands at the cursor as text and as Markdown", async () => {
    const { status, found, data } = await questions.inspect(...at("'😀'; ang|le"));
    expect([status, found]).toEqual(["ok", true]);
    expect(data).toMatchObject({
      "text/plain": expect.stringMatching(/const angle: 90[\s\S]*Degrees\./),
      "text/markdown": expect.stringContaining("Degrees."),
    });
  });

  it("finds nothing where nothing stands", async () => {
    expect(await questions.inspect("1 +  1", 4)).toEqual({
      status: "ok",
      found: false,
      data: {},
      metadata: {},
    });
  });
});

describe("pages", () => {
  it("is one for each name asked about, a cell's own and a magic among them", async () => {
    const found = await pages("const own = 'mine';\nown?\n%time?\nangle?");
    expect(found.map((page) => String(page["text/plain"]).split("\n")[0])).toEqual([
      expect.stringContaining('const own: "mine"'),
      expect.stringMatching(/^%time /),
      expect.stringContaining("const angle: 90"),
    ]);
    expect(asked).toEqual(["settled", "help", "help", "help"]);
  });

  it("names the nearest magic, and says when nothing is known", async () => {
    const texts = (await pages("%bord?\n%xyzzy?\n%%captre?\nnothingLikeIt?")).map(
      (page) => page["text/plain"],
    );
    expect(texts).toEqual([
      "there is no magic %bord. Did you mean %board?",
      "there is no magic %xyzzy. %lsmagic lists them.",
      "there is no magic %%captre. Did you mean %%capture?",
      "nothing is known about nothingLikeIt",
    ]);
  });

  it("waits for no check when nothing is asked", async () => {
    expect(await pages("1 + 1")).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe.each(["complete", "inspect"] as const)("%s", (question) => {
  it("asks the checker after the checks beside cells, so that it knows their names", async () => {
    await questions[question]("angle", 5);
    expect(asked).toEqual(["settled", question]);
  });

  it.each([
    ["nests too deeply", deep, /^the code nests too deeply: /],
    ["is too long", "a ".repeat(100_001), /at most 100,000 words and signs/],
    ["opens too many brackets", "[".repeat(10_001), /^the code nests too deeply: /],
  ])("asks nobody about code that %s", async (_what, code, message) => {
    const answer = questions[question](code, code.length);
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.toBeInstanceOf(NestingError);
    expect(asked).toEqual([]);
  });
});
