/**
 * Runs as a folder of logs for TensorBoard: their event files, record by record, with the tags that are wanted. A torn end
 * and broken records stay behind; what a kept record holds is not touched, so nothing is lost of it.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { event, summary, value } from "../eventFields.js";
import { ProtoMessage, ProtoReader } from "../protobuf.js";
import { runFiles } from "../runFiles.js";
import { partOfFile, tagInRun } from "../runParts.js";
import type { RunRecord } from "../runRecord.js";
import { footerBytes, frameRecord, headerBytes, readRecord, recordWithin } from "../tfRecord.js";
import type { ExportedRun } from "./exportedRun.js";

/** Tags of plugins that say what a run is, and not what it measured. */
const ownTags = /^_hparams_\//;

/**
 * Writes `<out>/<the run's folder>` for each run; gives their paths. One run may lie in the folder of another.
 *
 * @throws Error when such a folder is there already; no event file is written then.
 */
export function writeLogs(out: string, runs: readonly ExportedRun[], tags: RegExp | undefined): string[] {
  const targets = runs.map(({ data: { dir, record } }) =>
    join(out, record.foreign ? record.name : basename(dir)),
  );
  const there = targets.find((target) => existsSync(target));
  if (there !== undefined)
    throw new Error(
      `export runs to tensorboard: ${there} must not be there yet: nothing is added to other logs, nor replaced`,
    );
  // A folder before those in it: to make one makes those above it.
  for (const target of targets.toSorted((a, b) => a.length - b.length)) {
    mkdirSync(dirname(target), { recursive: true });
    mkdirSync(target);
  }
  for (const [i, { data }] of runs.entries())
    for (const file of runFiles(data.dir, data.record)) {
      const name = relative(data.dir, file);
      // Told already, as what was not read of a run is.
      if (data.problems.some((one) => one.kind === "unreadable" && one.file === name)) continue;
      writeLog(join(targets[i]!, name), readFileSync(file), tags && wantedIn(name, data.record, tags));
    }
  return targets;
}

type Wanted = (tag: string) => boolean;

/** Which tags of a file are wanted: a part's are asked for as they are called in the run. */
function wantedIn(file: string, { parts = [] }: RunRecord, tags: RegExp): Wanted {
  const part = partOfFile(parts, file);
  return (tag) => ownTags.test(tag) || tags.test(part ? tagInRun(part, tag) : tag);
}

function writeLog(target: string, bytes: Buffer, wanted: Wanted | undefined): void {
  mkdirSync(dirname(target), { recursive: true });
  const descriptor = openSync(target, "wx");
  try {
    for (let at = 0; at < bytes.length; ) {
      const found = readRecord(bytes, at);
      if (found.kind === "record") {
        const whole = bytes.subarray(at, found.next);
        const kept = wanted ? withTags(bytes.subarray(found.start, found.end), { whole, wanted }) : whole;
        // Of a descriptor it writes on where that is, and again until all is written.
        if (kept) writeFileSync(descriptor, kept);
      }
      // Others may follow inside of one that says to reach past the end of the file.
      at = found.kind === "truncated" ? (recordWithin(bytes, at + 1) ?? bytes.length) : found.next;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The record, or a new one with those of its values that are wanted; undefined if none is. */
function withTags(
  data: Buffer,
  { whole, wanted }: { readonly whole: Buffer; readonly wanted: Wanted },
): Buffer | undefined {
  const reader = new ProtoReader(data);
  const others = new ProtoMessage();
  const kept: Buffer[] = [];
  let count = 0;
  while (reader.next()) {
    if (reader.field === event.wallTime) others.double(event.wallTime, reader.double());
    else if (reader.field === event.step) others.integer(event.step, reader.integer());
    else if (reader.field === event.summary) {
      const values = valuesOf(reader.message());
      count += values.length;
      kept.push(...values.filter(({ tag }) => wanted(tag)).map(({ bytes }) => bytes));
    }
  }
  if (kept.length === count) return whole;
  if (kept.length === 0) return undefined;
  const message = new ProtoMessage();
  for (const bytes of kept) message.bytes(summary.value, bytes);
  return framed(others.message(event.summary, message).encode());
}

function valuesOf(reader: ProtoReader): { readonly tag: string; readonly bytes: Buffer }[] {
  const values: { tag: string; bytes: Buffer }[] = [];
  while (reader.next()) {
    if (reader.field !== summary.value) continue;
    const [bytes, inner] = [reader.bytes(), reader.message()];
    let tag = "";
    while (inner.next()) if (inner.field === value.tag) tag = inner.string();
    values.push({ tag, bytes });
  }
  return values;
}

function framed(data: Buffer): Buffer {
  const bytes = Buffer.alloc(headerBytes + data.length + footerBytes);
  data.copy(bytes, headerBytes);
  frameRecord(bytes, 0, data.length);
  return bytes;
}
