import { describe, expect, test } from "vitest";
import { htmlTable, shortNumber, textTable } from "../../../src/base/table.js";

describe("textTable", () => {
  test("pads columns, numbers on the right, wide characters counted twice", () => {
    const text = textTable({
      header: ["name", "value"],
      rows: [
        ["a", 0.5],
        ["漢字", undefined],
        ["long name", 1234567],
      ],
    });
    expect(text.split("\n")).toEqual([
      "name         value",
      "─────────  ───────",
      "a              0.5",
      "漢字",
      "long name  1.235e6",
    ]);
  });

  test("shows control characters, so that a name cannot write to the terminal", () => {
    expect(textTable({ header: ["x"], rows: [["a\u001b[2Jb\nc"]] })).toContain("a·[2Jb·c");
    // A comparison has runs' names there.
    expect(textTable({ header: ["x\u001b]0;t\u0007\u009b2J"], rows: [] })).toBe("x·]0;t··2J\n──────────");
  });
});

test("htmlTable escapes all it holds", () => {
  const html = htmlTable({ header: ["<h>"], rows: [["<script>alert('x')</script>"], ['a & "b"']] });
  expect(html).not.toMatch(/<script|<h>/);
  expect(html).toContain("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
});

test("texts stand on the right where it is said, and rows are marked in HTML", () => {
  const table = {
    header: ["#", "time"],
    right: ["time"],
    rows: [
      [1, "4.2 s"],
      [12, "1:05"],
    ],
    marks: [{ style: "color:red", title: '"why"' }, undefined],
  };
  expect(textTable(table).split("\n")).toEqual([" #   time", "──  ─────", " 1  4.2 s", "12   1:05"]);
  const html = htmlTable(table);
  expect(html).toContain(
    '<tr style="color:red" title="&quot;why&quot;"><td style="text-align:right;white-space:nowrap">1</td>',
  );
  expect(html).toContain('<tr><td style="text-align:right;white-space:nowrap">12</td>');
});

test.each([
  [0, "0"],
  [60000, "60000"],
  [0.97123456, "0.9712"],
  [1.2e-7, "1.2e-7"],
  [0.000007862416525455101, "7.862e-6"],
  [1e-3, "0.001"],
  [123456789, "1.235e8"],
  [-0.5, "-0.5"],
  [Number.NaN, "NaN"],
  [Number.NEGATIVE_INFINITY, "-Infinity"],
])("shortNumber(%d) is %s", (value, text) => {
  expect(shortNumber(value)).toBe(text);
});

test("htmlTable breaks no name at its hyphens, but long texts", () => {
  const html = htmlTable({ header: ["run"], rows: [["deep-sigmoid-7"], ["a b ".repeat(20)]] });
  expect(html).toContain('<td style="text-align:left;white-space:nowrap">deep-sigmoid-7</td>');
  expect(html).toContain('<td style="text-align:left">a b a b');
});
