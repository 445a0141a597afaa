/** Beside a person's chart the pictures that clients show which draw none: nbconvert, GitHub, a terminal's viewer. */
import type { PersonChart } from "../../src/board/render/thread.js";
import { countedJson } from "./countedJson.js";
import { DrawingThread } from "./drawingThread.js";
import { withIntrinsics } from "./intrinsics.js";
import type { ShownValue } from "./ownBundle.js";
import { match } from "./primordials.js";
import type { MimeData } from "./protocol.js";

/** Of a chart's specification as JSON, in UTF-16 units: some 10,000 points, which take a second. */
const mostDrawn = 400_000;
/** More values have a longer text: each takes a sign and a comma at least. */
const mostValues = mostDrawn / 2;
const bounds = { patience: 10_000, heapMb: 1_000 };
const thread = new DrawingThread(threadFile(), bounds);

/**
 * A bundle whose chart has no other form gets pictures and follows the client's theme. Where it cannot be drawn, its
 * text says why, and a note where its clients would only fail. Waits for the drawing thread without a turn of the
 * event loop, so that what is shown and printed stays in order; an interrupt ends the wait.
 */
export function withPictures(shown: ShownValue): ShownValue {
  const type = chartType(shown.data);
  if (type === undefined) return shown;
  // The chart may have getters and a `toJSON`, which are the cell's; what is no JSON is refused when it is sent.
  const json = jsonOf(shown.data[type]);
  if (json === undefined) return shown;
  const { spec, svg, png, trouble, mistake } =
    json === "more" || json.length > mostDrawn ? tooLarge : withIntrinsics(() => drawn(json, type));
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

/** Undefined for what is no JSON, or no specification; "more" for one that is too large to be drawn. */
function jsonOf(spec: unknown): string | undefined {
  if (spec === null || typeof spec !== "object") return undefined;
  try {
    const counted = countedJson(spec, mostValues);
    return "json" in counted ? counted.json : "more";
  } catch {
    return undefined;
  }
}

type Drawn = Partial<PersonChart>;
const tooLarge: Drawn = { trouble: `its specification has more than ${mostDrawn / 1000} kB` };

function drawn(json: string, type: string): Drawn {
  const answer = thread.draw(json, type.includes("vegalite") ? "vega-lite" : "vega");
  if (answer === "late") return { trouble: `it was not drawn in ${bounds.patience / 1000} s` };
  if (answer === "ended")
    return { trouble: `the thread that draws it ended, perhaps for want of memory (${bounds.heapMb} MB)` };
  return answer;
}

/** The compiled thread, also when this file runs as TypeScript (in a test). */
function threadFile(): URL {
  const isCompiled = !import.meta.url.endsWith(".ts");
  return new URL(`../../${isCompiled ? "" : "dist/"}src/board/render/thread.js`, import.meta.url);
}
