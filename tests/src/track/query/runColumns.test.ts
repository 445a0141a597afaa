import { expect, test } from "vitest";
import { runColumns, tableOfColumns } from "../../../../src/track/query/runColumns.js";
import { RunTable } from "../../../../src/track/runs.js";
import { row } from "./rows.js";

const rows = [
  row("a", {
    metrics: { valAccuracy: 0.5 },
    config: { lr: 0.1, net: { drop: true } },
    tags: ["x", "y"],
    seed: 3,
    notes: "why",
  }),
  row("<b>", { metrics: { "epoch/odd": 1 }, config: {} }),
];

test("has the columns asked for, by their short names or whole ones", () => {
  const asked = [
    "run",
    "config.lr",
    "lr",
    "net.drop",
    "valAccuracy",
    "tags",
    "notes",
    "seed",
    "metrics.valAccuracy",
  ];
  expect(tableOfColumns(rows, asked)).toEqual({
    header: asked,
    rows: [
      ["a", 0.1, 0.1, "true", 0.5, "x, y", "why", 3, 0.5],
      ["<b>", undefined, undefined, undefined, undefined, "", undefined, undefined, undefined],
    ],
  });
});

test("tells a metric and a setting of one name apart, in each table", () => {
  const both = [
    row("a", { metrics: { loss: 0.5 }, config: { loss: "crossEntropy", status: 1 } }),
    row("b", { metrics: { loss: 0.25 }, config: { loss: "hinge", status: 2 } }),
  ];
  const columns = runColumns(both);
  const cells = (name: string) => both.map((one) => columns.get(name)?.(one));
  expect(cells("loss")).toEqual([0.5, 0.25]);
  expect(cells("config.loss")).toEqual(["crossEntropy", "hinge"]);
  expect(cells("config.status")).toEqual([1, 2]);
  expect(String(new RunTable(both))).toMatch(/^run .* loss +config\.loss +config\.status\n/);
  expect(tableOfColumns(both, ["loss", "config.loss"]).rows[0]).toEqual([0.5, "crossEntropy"]);
});

test("shows itself, escaped, and refuses a column that no run has when it is made", () => {
  const table = new RunTable(rows, ["run", "duration"]);
  expect(String(table)).toBe(["run  duration", "───  ────────", "a          90", "<b>        90"].join("\n"));
  expect(table.toMimeBundle()["text/html"]).toContain("&lt;b&gt;");
  expect(() => new RunTable(rows, ["config.lrr"])).toThrow(/but none is "config.lrr"; /);
  expect(() => new RunTable(rows, ["valAcuracy"])).toThrow("the nearest are valAccuracy");
  expect(String(new RunTable([], ["anything"]))).toBe("no runs yet");
});
