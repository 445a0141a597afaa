/** Beside a person's chart the pictures that clients show which draw none: nbconvert, GitHub, a terminal's viewer. */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { ChartQuestion, PersonChart } from "../../src/board/render/thread.js";
import { withIntrinsics } from "./intrinsics.js";
import type { ShownValue } from "./ownBundle.js";
import { match, stringify } from "./primordials.js";
import type { MimeData } from "./protocol.js";

/** Of a chart's specification as JSON, in UTF-16 units: some 10,000 points, which take a second. */
const mostDrawn = 400_000;
/** In milliseconds. */
const patience = 10_000;
/** Of the thread's heap: what a chart computes may have no end. */
const heapMb = 1_000;

/**
 * A bundle whose chart has no other form gets pictures and follows the client's theme. Where it cannot be drawn, its text
 * says why, and a note where its clients would only fail. Waits for the drawing thread without a turn of the event loop, so that what is shown and printed stays in
 * order; an interrupt ends the wait.
 */
export function withPictures(shown: ShownValue): ShownValue {
  const type = chartType(shown.data);
  if (type === undefined) return shown;
  // The chart may have getters and a `toJSON`, which are the cell's; what is no JSON is refused when it is sent.
  const json = jsonOf(shown.data[type]);
  if (json === undefined) return shown;
  const { spec, svg, png, trouble, mistake } =
    json.length > mostDrawn ? tooLarge : withIntrinsics(() => drawn(json, type));
  const data: MimeData = { ...shown.data };
  if (spec) data[type] = spec;
  if (svg !== undefined) data["image/svg+xml"] = svg;
  if (png !== undefined) data["image/png"] = png;
  if (trouble !== undefined) {
    const text = data["text/plain"];
    data["text/plain"] = `${typeof text === "string" ? `${text}\n` : ""}no picture of this chart: ${trouble}`;
  }
  return { ...shown, data, ...(mistake !== undefined && { note: mistake }) };
}

/** The type of a bundle's chart, where its other forms are texts alone. */
function chartType(data: MimeData): string | undefined {
  let found: string | undefined;
  for (const type in data) {
    if (match(/^application\/vnd\.vega(?:lite)?\.v\d+\+json$/, type)) found = type;
    else if (type !== "text/plain" && data[type] !== undefined && data[type] !== null) return undefined;
  }
  return found;
}

/** Undefined for what is no JSON, or no specification. */
function jsonOf(spec: unknown): string | undefined {
  try {
    const json = stringify(spec);
    return spec !== null && typeof spec === "object" ? json : undefined;
  } catch {
    return undefined;
  }
}

type Drawn = Partial<PersonChart>;
const tooLarge: Drawn = { trouble: `its specification has more than ${mostDrawn / 1000} kB` };

/** Started by the first chart; ended where it was waited for in vain. */
let thread: Worker | undefined;
/** A question is without an answer: so it stays where an interrupt ended the wait. */
let isAsked = false;

function drawn(json: string, type: string): Drawn {
  const { port1, port2 } = new MessageChannel();
  const state = new Int32Array(new SharedArrayBuffer(4));
  const question: ChartQuestion = {
    json,
    grammar: type.includes("vegalite") ? "vega-lite" : "vega",
    port: port2,
    state,
  };
  if (isAsked) drop();
  thread ??= start();
  isAsked = true;
  thread.postMessage(question, [port2]);
  Atomics.wait(state, 0, 0, patience);
  const reply = receiveMessageOnPort(port1) as { message: PersonChart } | undefined;
  port1.close();
  if (!reply) drop();
  isAsked = false;
  if (reply) return reply.message;
  return { trouble: `it was not drawn in ${patience / 1000} s` };
}

function drop(): void {
  void thread?.terminate();
  thread = undefined;
}

function start(): Worker {
  // Flags and loaders of the session are not for this thread.
  const worker = new Worker(threadFile(), {
    execArgv: [],
    name: "tunelab chart",
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  worker.unref();
  worker.on("error", () => {
    if (thread === worker) thread = undefined;
  });
  return worker;
}

/** The compiled thread, also when this file runs as TypeScript (in a test). */
function threadFile(): URL {
  const isCompiled = !import.meta.url.endsWith(".ts");
  return new URL(`../../${isCompiled ? "" : "dist/"}src/board/render/thread.js`, import.meta.url);
}
