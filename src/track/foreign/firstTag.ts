/** The tag of the first value in an event file. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { event, summary, value } from "../eventFields.js";
import { ProtoReader } from "../protobuf.js";
import { readRecord } from "../tfRecord.js";

/** It stands in the second record: the first says the version of the format. */
const beginning = 2 ** 16;

/** By path, with the file's identity: what a file begins with does not change. */
const known = new Map<string, { readonly inode: number; readonly tag: string }>();
const mostKnown = 10_000;

/** Undefined where there is none yet, or the file cannot be read: whoever reads the run tells that. */
export function firstTag(file: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return undefined;
  }
  try {
    const { ino: inode } = fstatSync(descriptor);
    const before = known.get(file);
    if (before?.inode === inode) return before.tag;
    const bytes = Buffer.alloc(beginning);
    const tag = tagIn(bytes.subarray(0, readSync(descriptor, bytes, 0, beginning, 0)));
    if (known.size >= mostKnown) known.clear();
    if (tag !== undefined) known.set(file, { inode, tag });
    return tag;
  } finally {
    closeSync(descriptor);
  }
}

function tagIn(bytes: Buffer): string | undefined {
  for (let at = 0; at < bytes.length; ) {
    const record = readRecord(bytes, at);
    if (record.kind === "truncated") return undefined;
    const tag = record.kind === "record" ? tagOfEvent(bytes.subarray(record.start, record.end)) : undefined;
    if (tag !== undefined) return tag;
    at = record.next;
  }
  return undefined;
}

function tagOfEvent(bytes: Buffer): string | undefined {
  try {
    const values = inner(new ProtoReader(bytes), event.summary);
    const first = values && inner(values, summary.value);
    while (first?.next()) if (first.field === value.tag) return first.string();
  } catch (error) {
    // A record that is no event is named by whoever reads the run's values.
    if (!(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

/** The first of a message's fields of a number. */
function inner(reader: ProtoReader, number: number): ProtoReader | undefined {
  while (reader.next()) if (reader.field === number) return reader.message();
  return undefined;
}
