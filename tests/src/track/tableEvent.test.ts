import { basename } from "node:path";
import { expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { tensorBoardSees } from "./tensorBoardMedia.js";

test("a table is shown by TensorBoard, and read back whole", () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "table", dir, sources: [] });
  const rows = Array.from({ length: 130 }, (_, i) => ({ index: i, label: `<b>${i}</b> | *x*`, loss: i / 7 }));
  run.table("wrong", [...rows, { index: 130, extra: Number.NaN }], 4);
  run.finish();

  const seen = tensorBoardSees(dir)[`${basename(run.dir)}/main`]!;
  const html = seen.html.wrong![0]!;
  expect(html.match(/<tr>/g)).toHaveLength(101);
  expect(html).toContain("<th>label</th>");
  expect(html).toContain("&lt;b&gt;3&lt;/b&gt; | *x*</td>");
  expect(html).toContain("31 more rows");
  const { tables, texts } = readRun(run.dir);
  expect(texts.size).toBe(0);
  const [point] = tables.get("wrong")!;
  expect(point!.step).toBe(4);
  expect(point!.table.read()).toEqual({
    columns: ["index", "label", "loss", "extra"],
    rows: [...rows.map(({ index, label, loss }) => [index, label, loss, null]), [130, null, null, "NaN"]],
  });
});

test.each([
  ["rows", TypeError, 'table "t": its rows must be a list of objects; got string'],
  [
    [[1, 2]],
    TypeError,
    'table "t": each row must be an object such as { digit: 3, loss: 0.1 }; row 0 is a list',
  ],
  [[{ a: 1 }, null], TypeError, "row 1 is null"],
  [[], RangeError, 'table "t": it must have a row with a value; got 0 rows without columns'],
  [[{}], RangeError, "got 1 rows without columns"],
])("%j is refused", (rows, kind, message) => {
  const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
  const writing = () => run.table("t", rows as never);
  expect(writing).toThrow(kind);
  expect(writing).toThrow(message);
  run.finish();
});
