/** The tag of an event file that holds the values of one. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { event, summary, value } from "../eventFields.js";
import { ProtoReader } from "../protobuf.js";
import { readRecord } from "../tfRecord.js";

/** A file with several shows a second one soon: what lies behind is not looked at. */
const beginning = 2 ** 16;

interface Known {
  readonly inode: number;
  /** Bytes of the beginning that were there. */
  readonly looked: number;
  readonly tag: string | undefined;
}

/** By path: what a file begins with does not change once it is there. */
const known = new Map<string, Known>();
const mostKnown = 10_000;

/** Undefined where there is none yet, or more than one, or the file cannot be read: whoever reads the run tells that. */
export function onlyTag(file: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return undefined;
  }
  try {
    const { ino: inode, size } = fstatSync(descriptor);
    const looked = Math.min(size, beginning);
    const before = known.get(file);
    if (before?.inode === inode && before.looked === looked) return before.tag;
    const bytes = Buffer.alloc(looked);
    const tags = tagsIn(bytes.subarray(0, readSync(descriptor, bytes, 0, looked, 0)));
    const tag = tags.size === 1 ? [...tags][0] : undefined;
    if (known.size >= mostKnown) known.clear();
    known.set(file, { inode, looked, tag });
    return tag;
  } finally {
    closeSync(descriptor);
  }
}

function tagsIn(bytes: Buffer): Set<string> {
  const tags = new Set<string>();
  for (let at = 0; at < bytes.length; ) {
    const record = readRecord(bytes, at);
    if (record.kind === "truncated") break;
    if (record.kind === "record") addTags(bytes.subarray(record.start, record.end), tags);
    at = record.next;
  }
  return tags;
}

function addTags(bytes: Buffer, tags: Set<string>): void {
  try {
    for (const values of fields(new ProtoReader(bytes), event.summary))
      for (const one of fields(values, summary.value))
        while (one.next()) if (one.field === value.tag) tags.add(one.string());
  } catch (error) {
    // A record that is no event is named by whoever reads the run's values.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

/** A message's fields of a number. */
function* fields(reader: ProtoReader, number: number): Generator<ProtoReader> {
  while (reader.next()) if (reader.field === number) yield reader.message();
}
