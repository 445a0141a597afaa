/** Turns positions in the JavaScript of a notebook's own TypeScript files into positions in those files. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { CellMap } from "../language/cellMap.js";
import type { LoadedFile } from "./hooks/transpileLocal.js";

interface LocalText {
  readonly source: string;
  readonly map?: string;
  trace?: CellMap;
}

/** What `localVersion` makes, and the position behind it in a frame. */
const versions = /(\?v=[0-9a-f]{12})\b((?::\d+:\d+)?)/g;

/**
 * Each version of a file as it was when it was loaded: a function of it may throw after the file has changed.
 *
 * What the hook thread loads waits in a port until a stack names a file: a stack cannot wait for messages.
 */
export class LocalMaps {
  private readonly texts = new Map<string, LocalText>();
  private inbox: MessagePort | undefined;

  /** Where the module hooks say what they loaded (`LoadedFile`). To be called once. */
  open(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.inbox = port1;
    return port2;
  }

  /** Rewrites every `file:///…/x.ts?v=…:line:column` of a stack; the version stays, for `source`. */
  mapText(text: string): string {
    if (!text.includes("?v=")) return text;
    return replaceVersioned(text, ({ file, version, position }) => {
      const url = `${file}${version}`;
      const [, line, column] = position.split(":").map(Number);
      if (line === undefined || column === undefined) return url;
      const place = this.traceOf(url)?.original(line, column);
      return place ? `${url}:${place.line}:${place.column}` : `${url}${position}`;
    });
  }

  /** The text of a version of a file. */
  source(url: string): string | undefined {
    return this.text(url)?.source;
  }

  private traceOf(url: string): CellMap | undefined {
    const text = this.text(url);
    if (text?.map !== undefined) text.trace ??= new CellMap(text.map);
    return text?.trace;
  }

  private text(url: string): LocalText | undefined {
    if (this.inbox) {
      for (let next = receiveMessageOnPort(this.inbox); next; next = receiveMessageOnPort(this.inbox)) {
        const { url: loaded, ...text } = next.message as LoadedFile;
        this.texts.set(loaded, text);
      }
    }
    return this.texts.get(url);
  }
}

/** A text of `mapText` without the versions of files, which nobody wrote. */
export function withoutVersions(text: string): string {
  return text.includes("?v=") ? replaceVersioned(text, ({ file, position }) => `${file}${position}`) : text;
}

interface Versioned {
  /** `file:///…/x.ts`. */
  readonly file: string;
  /** `?v=…`. */
  readonly version: string;
  /** `:line:column`, or empty. */
  readonly position: string;
}

/**
 * Replaces each address of a version of a file. A cell may print megabytes of addresses: so an address is looked for
 * backwards from its version, no further than to the version before, and the work stays linear.
 */
function replaceVersioned(text: string, replacement: (found: Versioned) => string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: whole, 1: version = "", 2: position = "", index } of text.matchAll(versions)) {
    const before = text.slice(end, index);
    const start = before.lastIndexOf("file://");
    const file = start < 0 ? "" : before.slice(start);
    end = index + whole.length;
    if (/^file:\/\/[^\s()]+$/.test(file))
      parts.push(before.slice(0, start), replacement({ file, version, position }));
    else parts.push(before, whole);
  }
  return `${parts.join("")}${text.slice(end)}`;
}
