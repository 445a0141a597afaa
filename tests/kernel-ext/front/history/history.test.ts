import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EarlierSessions } from "../../../../kernel-ext/front/history/earlierSessions.js";
import { History } from "../../../../kernel-ext/front/history/history.js";

let folder: string;
let problems: string[];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "tunelab-history-")), "kept");
  problems = [];
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

function session(...sources: string[]): History {
  const history = new History(folder, (text) => problems.push(text));
  for (const [index, source] of sources.entries()) history.add(index + 1, source);
  return history;
}

const rows = async (history: History, content: Record<string, unknown>) =>
  (await history.answer(content)).map(([number, line, input]) => `${number}/${line} ${String(input)}`);

describe("within one session", () => {
  it.each([
    [{ hist_access_type: "tail", n: 2 }, [3, 4]],
    [{ hist_access_type: "tail", n: 0 }, []],
    [{ hist_access_type: "range", start: 2, stop: 4 }, [2, 3]],
    [{ hist_access_type: "range", start: 3 }, [3, 4]],
    [{ hist_access_type: "range", start: -2 }, [3, 4]],
    [{ hist_access_type: "range", start: 1, stop: -1 }, [1, 2, 3]],
    [{ hist_access_type: "search", pattern: "a*" }, [1, 2, 4]],
    [{ hist_access_type: "search", pattern: "a" }, [1, 4]],
    [{ hist_access_type: "search", pattern: "a", unique: true }, [4]],
    [{ hist_access_type: "search", pattern: "a*", unique: true, n: 2 }, [2, 4]],
    [{ hist_access_type: "search", pattern: "b.?" }, [3]],
    [{ hist_access_type: "search", pattern: "*", n: 1 }, [4]],
    [{ hist_access_type: "search" }, [1, 2, 3, 4]],
  ])("answers %j", async (content, numbers) => {
    const history = session("a", "a = 1\n+ 2", "b.c", "a");
    expect((await history.answer(content)).map(([, line]) => line)).toEqual(numbers);
  });

  it.each([
    [{ hist_access_type: "else" }, RangeError],
    [{ hist_access_type: "tail", n: "5" }, TypeError],
    [{ hist_access_type: "range", session: 1.5 }, TypeError],
    [{ hist_access_type: "search", pattern: 5 }, TypeError],
  ])("refuses %j", async (content, kind) => {
    await expect(session("a").answer(content)).rejects.toThrow(kind);
  });

  it("adds outputs when asked", async () => {
    const history = session("a", "b");
    history.setOutput(1, "one");
    expect(await history.answer({ hist_access_type: "tail", n: 2, output: true })).toEqual([
      [1, 1, ["a", "one"]],
      [1, 2, ["b", null]],
    ]);
  });
});

describe("over sessions", () => {
  it("numbers sessions as IPython does: 0 is this one, below 0 the earlier ones", async () => {
    session("first", "second").setOutput(2, "'two'");
    session("third");
    const now = session("now");
    const range = (number: number) => rows(now, { hist_access_type: "range", session: number });
    expect(await range(0)).toEqual(["0/1 now"]);
    expect(await range(3)).toEqual(["3/1 now"]);
    expect(await range(-1)).toEqual(["2/1 third"]);
    expect(await range(-2)).toEqual(["1/1 first", "1/2 second"]);
    expect(await range(1)).toEqual(["1/1 first", "1/2 second"]);
    expect(await range(-3)).toEqual([]);
    expect(await range(99)).toEqual([]);
    const earlier = { hist_access_type: "range", session: 1, output: true };
    expect(await now.answer(earlier)).toEqual([
      [1, 1, ["first", null]],
      [1, 2, ["second", null]],
    ]);
  });

  it("goes on into earlier sessions for tail and search, newest last, this session after all others", async () => {
    session("a1", "b");
    const now = session("a2");
    session("a3", "b");
    expect(await rows(now, { hist_access_type: "tail", n: 3 })).toEqual(["3/1 a3", "3/2 b", "2/1 a2"]);
    expect(await rows(now, { hist_access_type: "search", pattern: "a[13]" })).toEqual(["1/1 a1", "3/1 a3"]);
    const once = { hist_access_type: "search", pattern: "b", unique: true };
    expect(await rows(now, once)).toEqual(["3/2 b"]);
  });

  it("knows which session it would be before its first cell", async () => {
    session("a");
    expect(await rows(session(), { hist_access_type: "range", session: -1 })).toEqual(["1/1 a"]);
    expect(readdirSync(folder)).toEqual(["000001.jsonl"]);
  });

  it("skips lines that cannot be read, and says so once", async () => {
    session("good", "better");
    appendFileSync(
      join(folder, "000001.jsonl"),
      '{"cell":3,"sour\n[]\nnull\n{"cell":9,"output":"of none"}\n\u0000\n',
    );
    writeFileSync(join(folder, "notes.txt"), "not ours");
    const now = session("now");
    for (let again = 0; again < 2; again++)
      expect(await rows(now, { hist_access_type: "tail", n: 9 })).toEqual([
        "1/1 good",
        "1/2 better",
        "2/1 now",
      ]);
    expect(problems).toEqual([
      "the history of session 1: 5 of its lines cannot be read and are left out (others like it are not told)",
    ]);
  });

  it("tells of the first session that cannot be read, not of each", async () => {
    for (const name of ["a", "b", "c"]) session(name);
    for (const number of [1, 2, 3]) appendFileSync(join(folder, `00000${number}.jsonl`), "sour\n");
    await rows(session("now"), { hist_access_type: "search", pattern: "*" });
    expect(problems).toHaveLength(1);
  });
});

describe("on disk", () => {
  it("is for nobody else to read", () => {
    session("secret");
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "000001.jsonl")).mode & 0o777).toBe(0o600);
  });

  it("holds no results, which may be secrets", async () => {
    const history = session("await password()");
    history.setOutput(1, "'hunter2'");
    expect(readFileSync(join(folder, "000001.jsonl"), "utf8")).toBe(
      '{"cell":1,"source":"await password()"}\n',
    );
    expect(await history.answer({ hist_access_type: "tail", output: true })).toEqual([
      [1, 1, ["await password()", "'hunter2'"]],
    ]);
  });

  it("stays in memory, and says why, where others may write the folder", async () => {
    session("planted?");
    chmodSync(folder, 0o777);
    const history = session("kept");
    expect(problems).toEqual([expect.stringMatching(/not kept on disk: .* mode 777: chmod 700 it/)]);
    expect(await rows(history, { hist_access_type: "tail" })).toEqual(["1/1 kept"]);
    expect(readdirSync(folder)).toEqual(["000001.jsonl"]);
  });

  it("leaves out a cell of more than a megabyte, which its own kernel still knows", async () => {
    const history = session("x".repeat(2 ** 20), "small");
    expect(readFileSync(join(folder, "000001.jsonl"), "utf8")).toBe('{"cell":2,"source":"small"}\n');
    expect(history.last().length).toBe(2);
  });

  it("stops at 16 MB a session, and says so", () => {
    const history = session(...Array.from({ length: 20 }, () => "x".repeat(1_000_000)));
    expect(statSync(join(folder, "000001.jsonl")).size).toBeLessThanOrEqual(16 * 2 ** 20);
    expect(problems).toEqual([expect.stringContaining("not kept on disk any further: it has 16 MB")]);
    expect(history.last().length).toBe(20);
  });

  it("keeps the newest sessions only", () => {
    for (const text of ["a", "b", "c", "d"]) session(text);
    const earlier = new EarlierSessions(folder, () => undefined);
    earlier.prune({ sessions: 3, bytes: 1e9 });
    expect(earlier.numbers()).toEqual([2, 3, 4]);
    earlier.prune({ sessions: 9, bytes: 60 });
    expect(earlier.numbers()).toEqual([3, 4]);
    session("next");
    expect(earlier.numbers()).toEqual([3, 4, 5]);
  });
});
