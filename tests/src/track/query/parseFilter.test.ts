import { describe, expect, test } from "vitest";
import { parseFilter } from "../../../../src/track/query/parseFilter.js";

/** The tree as text, each operation in brackets. */
function shape(filter: string): string {
  const write = (node: ReturnType<typeof parseFilter>): string => {
    if (node.kind === "comparison")
      return `${node.field} ${node.sign} ${node.quoted ? JSON.stringify(node.value) : node.value}`;
    if (node.kind === "not") return `not (${write(node.of)})`;
    return node.of.map((part) => `(${write(part)})`).join(` ${node.kind} `);
  };
  return write(parseFilter(filter));
}

test.each([
  ["valAccuracy>0.97 and config.lr<0.01", "(valAccuracy > 0.97) and (config.lr < 0.01)"],
  ["a=1 or b=2 and c=3", "(a = 1) or ((b = 2) and (c = 3))"],
  ["(a=1 or b=2) and c=3", "((a = 1) or (b = 2)) and (c = 3)"],
  ["not a=1 and b=2", "(not (a = 1)) and (b = 2)"],
  ["not (a=1 and not b=2)", "not ((a = 1) and (not (b = 2)))"],
  ["a==1 && !b!=2 || c!~x", "((a = 1) and (not (b != 2))) or (c !~ x)"],
  ["A=1 AND b=2 Or c=3", "((A = 1) and (b = 2)) or (c = 3)"],
  ["a>=1 and b<=-2.5e-3", "(a >= 1) and (b <= -2.5e-3)"],
  [`name="my run" and notes='it\\'s "so"'`, `(name = "my run") and (notes = "it's \\"so\\"")`],
  ["`odd tag <x>` > 1", "odd tag <x> > 1"],
  ["train/loss<1 and größe=2 and layers=[8,8]", "(train/loss < 1) and (größe = 2) and (layers = [8,8])"],
  ["name~^mlp.*-[ab]$", "name ~ ^mlp.*-[ab]$"],
  ['name="a\\b" and name="\\\\"', '(name = "a\\\\b") and (name = "\\\\")'],
  ["order=1 and android=2 and nothing=3", "(order = 1) and (android = 2) and (nothing = 3)"],
])("reads %s", (filter, expected) => {
  expect(shape(filter)).toBe(expected);
});

describe("says where and what is needed:", () => {
  test.each([
    ["", 1, "a field is needed, such as valAccuracy or config.lr; the filter ends"],
    ["a", 2, "one of < <= > >= = != ~ !~ is needed after a; the filter ends"],
    ["a b", 3, 'one of < <= > >= = != ~ !~ is needed after a; got "b"'],
    ["a > ", 5, "a value is needed after >; the filter ends"],
    ["a > > 1", 5, 'a value is needed after >; got ">"'],
    ["a = 1 b = 2", 7, 'and, or or the end is needed; got "b"'],
    ["a = 1 and", 10, "a field is needed, such as valAccuracy or config.lr; the filter ends"],
    ["and a = 1", 1, 'a field is needed, such as valAccuracy or config.lr; got "and"'],
    ["(a = 1", 7, "a ) is needed for the ( of column 1; the filter ends"],
    ["a = 1)", 6, 'and, or or the end is needed; got ")"'],
    ['a = "b', 5, 'a " that begins here is never closed'],
    ['"a" = 1', 1, 'a field stands without quotes, or in backticks; got "a"'],
    ["a = `b`", 5, 'a value is needed after =; got "b"'],
    ["a & b = 1", 3, 'one of < <= > >= = != ~ !~ is needed after a; got "&"'],
  ])("%s", (filter, column, why) => {
    expect(() => parseFilter(filter)).toThrow(
      new SyntaxError(`filter runs by ${JSON.stringify(filter)}: column ${column}: ${why}`),
    );
  });

  test("brackets and nots without end, which are no overflow of the stack", () => {
    expect(() => parseFilter("(".repeat(100_000))).toThrow("column 101: brackets may be 100 deep at most");
    expect(() => parseFilter("not ".repeat(100_000))).toThrow("brackets may be 100 deep at most");
    expect(shape(`${"(".repeat(99)}a=1${")".repeat(99)}`)).toBe("a = 1");
    expect(parseFilter(Array(5000).fill("a=1").join(" and "))).toMatchObject({ kind: "and" });
  });
});
