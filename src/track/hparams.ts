/**
 * TensorBoard's HParams plugin: a run's configuration and how it ended.
 * Messages: tensorboard/plugins/hparams/plugin_data.proto and api.proto.
 *
 * There is no `_hparams_/experiment`: TensorBoard takes the first it finds and then shows that one's columns
 * for all runs. Without it, it collects the columns of every run, which is what a folder of runs needs.
 */
import { ProtoMessage } from "./protobuf.js";
import type { EndStatus, JsonValue } from "./runRecord.js";
import { type EventTime, metadataEvent } from "./summaryEvent.js";

export const hparamsPluginData = { sessionStart: 3, sessionEnd: 4 } as const;
export const sessionStart = { hparams: 1, groupName: 4, startTime: 5 } as const;
export const sessionEnd = { status: 1, endTime: 2 } as const;
/** A protobuf map is a list of such entries. */
export const mapEntry = { key: 1, value: 2 } as const;
/** google.protobuf.Value. */
export const valueKind = { number: 2, string: 3, boolean: 4 } as const;
/** `Status` of api.proto. */
export const hparamsStatus = { success: 1, failure: 2 } as const;

export type HParam = number | string | boolean;

/** The event that gives the hyper-parameters of the session that begins. */
export function sessionStartEvent(
  hparams: ReadonlyMap<string, HParam>,
  options: { readonly group: string; readonly wallTime: number },
): Buffer {
  const session = new ProtoMessage();
  for (const [name, hparam] of hparams) {
    session.message(
      sessionStart.hparams,
      new ProtoMessage().string(mapEntry.key, name).message(mapEntry.value, protoValue(hparam)),
    );
  }
  session.string(sessionStart.groupName, options.group).double(sessionStart.startTime, options.wallTime);
  const data = new ProtoMessage().message(hparamsPluginData.sessionStart, session);
  return hparamsEvent("_hparams_/session_start_info", data, { wallTime: options.wallTime, step: 0 });
}

/** The event that says how the session ended. */
export function sessionEndEvent(end: EndStatus, wallTime: number): Buffer {
  // TensorBoard knows no third way to end; what was measured of a pruned trial is sound.
  const isSound = end === "finished" || end === "pruned";
  const session = new ProtoMessage()
    .integer(sessionEnd.status, isSound ? hparamsStatus.success : hparamsStatus.failure)
    .double(sessionEnd.endTime, wallTime);
  const data = new ProtoMessage().message(hparamsPluginData.sessionEnd, session);
  return hparamsEvent("_hparams_/session_end_info", data, { wallTime, step: 0 });
}

/**
 * A configuration flattened into hyper-parameters: `{ optimizer: { lr: 1 } }` gives `optimizer.lr`.
 * Lists become JSON text; null is left out.
 */
export function hparamsOf(config: Readonly<Record<string, JsonValue>>): Map<string, HParam> {
  const flat = new Map<string, HParam>();
  const visit = (path: string, entry: JsonValue): void => {
    if (entry === null) return;
    if (typeof entry !== "object") flat.set(path, entry);
    else if (Array.isArray(entry)) flat.set(path, JSON.stringify(entry));
    else for (const [name, inner] of Object.entries(entry)) visit(path ? `${path}.${name}` : name, inner);
  };
  visit("", config);
  return flat;
}

function hparamsEvent(tag: string, data: ProtoMessage, time: EventTime): Buffer {
  return metadataEvent(tag, { name: "hparams", content: data.encode() }, time);
}

function protoValue(hparam: HParam): ProtoMessage {
  const message = new ProtoMessage();
  if (typeof hparam === "number") return message.double(valueKind.number, hparam);
  if (typeof hparam === "string") return message.string(valueKind.string, hparam);
  return message.integer(valueKind.boolean, hparam ? 1 : 0);
}
