/** Turns positions in the JavaScript of a notebook's own TypeScript files into positions in those files. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { CellMap } from "../language/cellMap.js";
import type { LoadedFile } from "./hooks/transpileLocal.js";

interface LocalText {
  readonly source: string;
  readonly map?: string;
  trace?: CellMap;
}

const framePattern = /(file:\/\/[^\s()]+\.(?:ts|tsx|mts)\?v=[0-9a-f]+):(\d+):(\d+)/g;
const version = /(file:\/\/[^\s()]+)\?v=[0-9a-f]{12}\b/g;

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
    return text.replace(framePattern, (frame, url: string, line: string, column: string) => {
      const place = this.traceOf(url)?.original(Number(line), Number(column));
      return place ? `${url}:${place.line}:${place.column}` : frame;
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
  return text.includes("?v=") ? text.replace(version, "$1") : text;
}
