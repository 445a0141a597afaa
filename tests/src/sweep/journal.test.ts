import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Journal, readJournal } from "../../../src/sweep/journal.js";
import type { JournalRecord } from "../../../src/sweep/journalRecord.js";

const newFile = () => join(mkdtempSync(join(tmpdir(), "journal-")), "journal.log");
const report = (step: number, value: number): JournalRecord => ({
  type: "report",
  trial: 0,
  attempt: 1,
  time: 5,
  step,
  value,
});

test("gives back what was appended, numbers that JSON lacks included", async () => {
  const file = newFile();
  const journal = new Journal(file, 0);
  const values = [0.1 + 0.2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324];
  const records = values.map((value, step) => report(step, value));
  for (const record of records) journal.append(record);
  await journal.close();
  const read = readJournal(file);
  expect(read.problems).toEqual([]);
  expect(read.records).toEqual(
    records.map((r) => ("value" in r && Object.is(r.value, -0) ? { ...r, value: 0 } : r)),
  );
});

test("leaves out a torn last line, and the next writer removes it", async () => {
  const file = newFile();
  const first = new Journal(file, 0);
  first.append(report(0, 1));
  await first.close();
  // Cut in the middle of a two-byte letter.
  appendFileSync(file, Buffer.from('{"type":"close","time":1,"reason":"ä').subarray(0, -1));
  const torn = readJournal(file);
  expect(torn.records).toEqual([report(0, 1)]);
  expect(torn.problems).toEqual([]);
  const second = new Journal(file, torn.length);
  second.append(report(1, 2));
  await second.close();
  expect(readJournal(file).records).toEqual([report(0, 1), report(1, 2)]);
});

test("a record cut short by a full disk leaves nothing, and the next one has a line of its own", () => {
  // ulimit -f lets a file grow to 1 KiB and no further, as a full disk would: bash counts in blocks of 1,024 bytes.
  const file = newFile();
  const module = new URL("../../../dist/src/sweep/journal.js", import.meta.url).href;
  const script = `
    process.on("SIGXFSZ", () => {});
    const { Journal } = await import(${JSON.stringify(module)});
    const journal = new Journal(${JSON.stringify(file)}, 0);
    const record = (reason) => ({ type: "close", time: 1, reason });
    journal.append(record("a".repeat(900)));
    try { journal.append(record("b".repeat(900))); } catch (error) { console.log(error.code); }
    journal.append(record("trials"));`;
  const limited = ["-c", 'ulimit -f 1; exec "$0" --input-type=module -e "$1"', process.execPath, script];
  expect(execFileSync("bash", limited, { encoding: "utf8" }).trim()).toBe("EFBIG");
  const { records, problems } = readJournal(file);
  expect(problems).toEqual([]);
  expect(records.map((record) => record.type === "close" && record.reason.length)).toEqual([900, 6]);
});

test("tells a damaged line in the middle and reads on", () => {
  const file = newFile();
  appendFileSync(
    file,
    '{"type":"open","time":1,"pid":1,"parallel":1}\n{"type":"re\n{"type":"close","time":1,"reason":"trials"}\n',
  );
  const { records, problems } = readJournal(file);
  expect(records.map((record) => record.type)).toEqual(["open", "close"]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/line 2 is no record/);
});

test("a missing file has no records", () => {
  expect(readJournal("/nowhere/journal.log")).toEqual({ records: [], length: 0, problems: [] });
});

test("what append returned from is in the file, before any sync", () => {
  const file = newFile();
  new Journal(file, 0).append(report(0, 1));
  expect(readFileSync(file, "utf8").endsWith("\n")).toBe(true);
});

test("overlapping syncs all resolve", async () => {
  const journal = new Journal(newFile(), 0);
  await Promise.all(
    Array.from({ length: 50 }, (_, i) => {
      journal.append(report(i, i));
      return journal.sync();
    }),
  );
  await journal.close();
});
