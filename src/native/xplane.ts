/**
 * A profile in the format that TensorFlow's own profiler writes and TensorBoard's profile plugin reads: an XSpace.
 * Field numbers: tsl/profiler/protobuf/xplane.proto.
 */
import { eventLanes, type Stretch } from "./eventLanes.js";
import { eventFacts, type OpEvent } from "./opEvents.js";
import { field, joined, message } from "./protobufWriter.js";

/** The part of `OpProfile` that is written. */
export interface TimedEvents {
  readonly events: readonly OpEvent[];
  /** Milliseconds since 1970. */
  readonly beganAt: number;
}

/** TensorBoard takes ops that ran on the host from the plane of this name. */
const hostPlane = "/host:CPU";
/** And from this one when the profile began; times elsewhere count from there. */
const environmentPlane = "Task Environment";

/**
 * A line for each lane of the timeline, in whole nanoseconds. Each event is named so that TensorBoard tells ops from
 * layers, shows itself by its own name, and has as stats what `eventFacts` says, `flops` as `FLOPs`.
 *
 * @param host the machine's name.
 */
export function xspace({ events, beganAt }: TimedEvents, host: string): Uint8Array {
  return message(field(1, timeline(events)), field(1, beginning(beganAt)), field(4, host));
}

function timeline(events: readonly OpEvent[]): Uint8Array {
  const names = new Ids();
  const stats = new Stats();
  const shown = new Map<string, string>();
  const lines = eventLanes(events).map(({ name, stretches }, i) => {
    const written = stretches.map((one) => {
      const full = eventName(one.event);
      shown.set(full, one.event.name);
      return field(4, eventMessage(one, names.of(full), stats));
    });
    return message(field(1, i + 1), field(2, name), field(3, 0), joined(written));
  });
  return message(
    field(1, 1),
    field(2, hostPlane),
    joined(lines.map((line) => field(3, line))),
    joined(names.all().map(([full, id]) => field(4, named(id, full, shown.get(full))))),
    joined(stats.all().map(([name, id]) => field(5, named(id, name)))),
  );
}

function beginning(beganAt: number): Uint8Array {
  const nanoseconds = BigInt(Math.round(beganAt * 1e3)) * 1000n;
  return message(
    field(1, 2),
    field(2, environmentPlane),
    field(5, named(1, "profile_start_time")),
    field(6, message(field(1, 1), field(3, nanoseconds))),
  );
}

/** Numbers from 1 for names that are told apart. */
class Ids {
  readonly #ids = new Map<string, number>();

  of(value: string): number {
    const found = this.#ids.get(value) ?? this.#ids.size + 1;
    this.#ids.set(value, found);
    return found;
  }

  all(): [value: string, id: number][] {
    return [...this.#ids];
  }
}

function eventMessage({ event, begin, end }: Stretch, id: number, stats: Stats): Uint8Array {
  const facts = Object.entries(eventFacts(event));
  return message(
    field(1, id),
    field(2, begin * 1000),
    field(3, (end - begin) * 1000),
    ...facts.map(([name, value]) => stats.stat(name === "flops" ? shownFlops : name, value)),
  );
}

/** TensorBoard keeps a stat named `flops` to itself, and shows it nowhere for ops on the host. */
const shownFlops = "FLOPs";

/** A table of names and texts, since the same shapes come again with each step. */
class Stats extends Ids {
  readonly #written = new Map<string, Uint8Array>();

  /** The field of an event; a text in it is a reference to the table. */
  stat(name: string, value: string | number): Uint8Array {
    const key = `${name} ${typeof value} ${value}`;
    const found = this.#written.get(key);
    if (found) return found;
    const content = typeof value === "string" ? field(7, this.of(value)) : field(4, value);
    const written = field(4, message(field(1, this.of(name)), content));
    this.#written.set(key, written);
    return written;
  }
}

/** An entry of a map from an id to what has it. */
function named(id: number, name: string, shown?: string): Uint8Array {
  const display = shown === undefined ? [] : [field(4, shown)];
  return message(field(1, id), field(2, message(field(1, id), field(2, name), ...display)));
}

/** Not that of a captured step, nor of a function that was captured: those are named in words. */
function isOpType(name: string): boolean {
  return /^[A-Z_]\w*$/.test(name);
}

/**
 * An op as TensorFlow names those of a graph, `layer/MatMul:MatMul`, by which TensorBoard knows it for one. A layer has a
 * name that cannot be taken for an op's.
 */
function eventName({ kind, name, layer, pass }: OpEvent): string {
  if (kind === "layer") return `layer ${name.replaceAll(":", "_")} ${pass}`;
  const scopes = layer === undefined ? [] : [layer, ...(pass === "backward" ? ["backward"] : [])];
  return `${opName([...scopes, name].join("/"))}:${isOpType(name) ? name : "CapturedFunction"}`;
}

/** In the letters that TensorFlow allows in the name of an op. */
function opName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.\\/>-]/g, "_").replace(/^[^A-Za-z0-9.]/, ".$&");
}
