import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { notebookReport } from "../../../src/cli/notebookReport.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("gives the text of tagged cells, in order, as a terminal would show it", () => {
  const file = join(folder, "n.ipynb");
  const cell = (tags: string[], outputs: object[]) => ({ cell_type: "code", metadata: { tags }, outputs });
  const cells = [
    cell(
      ["report:Trials"],
      [{ output_type: "display_data", data: { "text/plain": ["a  b\n", "1  2\n"], "text/html": "<table>" } }],
    ),
    cell([], [{ output_type: "stream", text: "not told" }]),
    cell(
      ["x", "report: Accuracy "],
      [
        { output_type: "stream", text: "epoch 1\repoch 2\n" },
        { output_type: "execute_result", data: { "text/plain": "\u001b[33m0.98\u001b[39m" } },
      ],
    ),
    cell(["headline:First"], [{ output_type: "stream", text: "epoch 1\repoch 2\nmore\n" }]),
    { cell_type: "markdown", metadata: { tags: ["report:No"] } },
  ];
  writeFileSync(file, JSON.stringify({ cells }));
  expect(notebookReport(file)).toEqual([
    { heading: "Trials", text: "a  b\n1  2" },
    { heading: "Accuracy", text: "0.98" },
    { heading: "First", text: "epoch 2" },
  ]);
});
