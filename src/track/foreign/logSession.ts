/**
 * What event files say of a run beside its values: when it began, and what the HParams plugin has of its configuration
 * and its end (tensorboard/plugins/hparams/plugin_data.proto).
 */
import { event, metadata, pluginData, summary, value } from "../eventFields.js";
import {
  hparamsStatus,
  mapEntry,
  hparamsPluginData as plugin,
  sessionEnd,
  sessionStart,
  valueKind,
} from "../hparams.js";
import { toJsonNumber } from "../jsonValue.js";
import { ProtoReader } from "../protobuf.js";
import type { JsonValue } from "../runRecord.js";
import { readRecord } from "../tfRecord.js";

export interface LogSession {
  /** Wall time of the first event, in seconds since 1970. */
  began?: number;
  readonly config: Record<string, JsonValue>;
  end?: "finished" | "failed";
}

/** What the name of a tag of hyper-parameters begins with. */
export const mark = "_hparams_/session_";

/**
 * Adds what records say; of bytes without hyper-parameters only the first record is taken apart.
 * Gives how many bytes it is done with: a record that is not whole may have more to say.
 */
export function readSession(bytes: Buffer, session: LogSession): number {
  const has = bytes.includes(mark);
  for (let at = 0; at < bytes.length; ) {
    const record = readRecord(bytes, at);
    if (record.kind === "truncated") return at;
    if (record.kind === "record") {
      readEvent(bytes.subarray(record.start, record.end), session);
      if (!has) break;
    }
    at = record.next;
  }
  return bytes.length;
}

function readEvent(bytes: Buffer, session: LogSession): void {
  if (session.began !== undefined && !bytes.includes(mark)) return;
  try {
    const reader = new ProtoReader(bytes);
    while (reader.next()) {
      if (reader.field === event.wallTime) session.began ??= reader.double();
      else if (reader.field === event.summary) readSummary(reader.message(), session);
    }
  } catch (error) {
    // A record that is no event is named by whoever reads the run's values.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

function readSummary(reader: ProtoReader, session: LogSession): void {
  while (reader.next()) {
    if (reader.field !== summary.value) continue;
    const content = contentOf(reader.message());
    if (content) readPlugin(content, session);
  }
}

/** `Value.metadata.plugin_data.content` of the HParams plugin. */
function contentOf(reader: ProtoReader): ProtoReader | undefined {
  let isHparams = false;
  let content: ProtoReader | undefined;
  while (reader.next()) {
    if (reader.field === value.tag) isHparams = reader.string().startsWith(mark);
    else if (reader.field === value.metadata) {
      const inner = field(reader.message(), metadata.pluginData);
      content = inner && field(inner, pluginData.content);
    }
  }
  return isHparams ? content : undefined;
}

/** The last of a message's fields of a number. */
function field(reader: ProtoReader, number: number): ProtoReader | undefined {
  let found: ProtoReader | undefined;
  while (reader.next()) if (reader.field === number) found = reader.message();
  return found;
}

function readPlugin(reader: ProtoReader, session: LogSession): void {
  while (reader.next()) {
    if (reader.field === plugin.sessionStart) readStart(reader.message(), session);
    else if (reader.field === plugin.sessionEnd) readEnd(reader.message(), session);
  }
}

function readStart(reader: ProtoReader, { config }: LogSession): void {
  while (reader.next()) {
    if (reader.field !== sessionStart.hparams) continue;
    const entry = reader.message();
    let name = "";
    let given: JsonValue | undefined;
    while (entry.next()) {
      if (entry.field === mapEntry.key) name = entry.string();
      else if (entry.field === mapEntry.value) given = readValue(entry.message());
    }
    // A name of that spelling would set the object's prototype.
    if (given !== undefined && name !== "__proto__") config[name] = given;
  }
}

/** A `google.protobuf.Value`; null, lists and structs are no hyper-parameters. */
function readValue(reader: ProtoReader): JsonValue | undefined {
  let found: JsonValue | undefined;
  while (reader.next()) {
    if (reader.field === valueKind.number) found = toJsonNumber(reader.double());
    else if (reader.field === valueKind.string) found = reader.string();
    else if (reader.field === valueKind.boolean) found = reader.integer() !== 0;
  }
  return found;
}

function readEnd(reader: ProtoReader, session: LogSession): void {
  while (reader.next()) {
    if (reader.field !== sessionEnd.status) continue;
    const status = reader.integer();
    if (status === hparamsStatus.success) session.end = "finished";
    if (status === hparamsStatus.failure) session.end = "failed";
  }
}
