import { expect, it } from "vitest";
import { magics } from "../../../kernel-ext/magics/magics.js";
import type { MagicContext } from "../../../kernel-ext/session/magicContext.js";

async function listed(): Promise<string[]> {
  let text = "";
  const print = (more: string) => {
    text += more;
  };
  await magics.run({ print } as MagicContext, { name: "lsmagic", kind: "line", text: "" });
  return text.split("\n");
}

/** A row's name, and its sentence with the lines it goes on in. */
function rowsOf(lines: readonly string[]): Map<string, string> {
  const rows = new Map<string, string>();
  let name = "";
  for (const line of lines.slice(0, lines.indexOf(""))) {
    const [, first = "", sentence = ""] = /^(\S.*?)? {2,}(\S.*)$/.exec(line) ?? [];
    if (first !== "") name = first;
    rows.set(name, first === "" ? `${rows.get(name)} ${sentence}` : sentence);
  }
  return rows;
}

it("has one row for each magic, as it is called, with its whole sentence", async () => {
  const rows = rowsOf(await listed());
  const expected = magics.list().map(({ name, kind, summary }) => {
    const called = { line: `%${name}`, cell: `%%${name}`, both: `%${name}, %%${name}` }[kind];
    return [called, summary];
  });
  expect([...rows]).toEqual([...expected, ["!command", expect.stringContaining("system's shell")]]);
});

it("fits a terminal of 80 columns, and aligns the sentences", async () => {
  const lines = await listed();
  for (const line of lines) expect(line.length).toBeLessThan(80);
  const table = lines.slice(0, lines.indexOf(""));
  const columns = table
    .map((line) => / {2,}(?=\S)/.exec(line))
    .map((gap) => (gap?.index ?? 0) + (gap?.[0].length ?? 0));
  expect(new Set(columns).size).toBe(1);
});

it("says where there is more", async () => {
  expect((await listed()).at(-2)).toBe("%NAME? shows the words, the options and examples of one.");
});
