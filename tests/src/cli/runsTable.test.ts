import { expect, test } from "vitest";
import { runsTable } from "../../../src/cli/runsTable.js";
import type { RunRow } from "../../../src/track/index.js";
import { row as plainRow } from "../track/query/rows.js";

function row(name: string, more: Partial<RunRow> = {}): RunRow {
  const config = { learningRate: 0.001, epochs: 5, optimizer: "adam" };
  const metrics = {
    loss: 0.1,
    accuracy: 0.97,
    valLoss: 0.2,
    valAccuracy: 0.96,
    "train/loss": 0.1,
    lr: 0.001,
  };
  return plainRow(name, { duration: 12.34, config, metrics, ...more });
}
const rows = [
  row("baseline"),
  row("a-name-far-too-long-to-leave-room-for-anything", { config: { learningRate: 0.01, epochs: 5 } }),
];

test.each([70, 90, 120, 200])("keeps to %d characters, and the telling columns come first", (width) => {
  const lines = runsTable(rows, { width }).split("\n");
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  expect(lines[0]).toMatch(/^run +id +status/);
  expect(lines[0]).toContain("valAccuracy");
  if (width >= 90) expect(lines[0]).toMatch(/started +seconds +valAccuracy/);
  if (width === 200) expect(lines[0]).toMatch(/valAccuracy +valLoss +accuracy +loss +lr +learningRate/);
  // What is the same in all runs, and series of steps, are told, not shown.
  expect(lines.at(-1)).toMatch(/^\d+ more columns \(--columns LIST shows those named\): /);
  expect(lines[0]).not.toMatch(/epochs|train\/loss/);
});

test("shows the columns asked for, and refuses one that no run has", () => {
  expect(runsTable(rows, { width: 20, columns: ["id", "train/loss", "optimizer"] })).toBe(
    [
      "id        train/loss  optimizer",
      "────────  ──────────  ─────────",
      "abcdefgh         0.1  adam",
      "abcdefgh         0.1",
    ].join("\n"),
  );
  expect(() => runsTable(rows, { width: 80, columns: ["valAcuracy"] })).toThrow(
    /has \d+ columns, but none is "valAcuracy"; the nearest are valAccuracy, accuracy$/,
  );
});

test("says how many of its epochs a training came to", () => {
  const text = runsTable([row("cut", { epochs: 2 }), row("whole", { epochs: 5 })], { width: 200 });
  expect(text).toMatch(/^run .* epochs *$/m);
  expect(text).toMatch(/^cut .* 2\/5 *$/m);
  expect(text).toMatch(/^whole .* 5 *$/m);
});

test("shows alerts though all runs have the same, and no column for them where none has one", () => {
  const alert = { level: "warn", title: "loss jumps", text: "", count: 1, firstAt: "", lastAt: "" } as const;
  const text = runsTable([row("first", { alerts: [alert] }), row("second", { alerts: [alert] })], {
    width: 300,
  });
  expect(text.match(/warn: loss jumps/g)).toHaveLength(2);
  expect(runsTable(rows, { width: 300 })).not.toContain("alerts");
});

test("has a column of a name once, where a metric is called as a fact", () => {
  const text = runsTable([row("first", { metrics: { loss: 0.5, run: 7, status: 1 } })], { width: 300 });
  expect(
    text
      .split("\n")[0]
      ?.match(/\S+/g)
      ?.filter((name) => ["run", "status"].includes(name)),
  ).toEqual(["run", "status"]);
});
