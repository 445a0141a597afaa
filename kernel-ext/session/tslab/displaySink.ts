/** Where tslab's displays go: set by the session that loads this module. */
import type { MimeData } from "../protocol.js";

export type DisplaySink = (data: MimeData, id: string | undefined, update: boolean) => void;

let sink: DisplaySink | undefined;

export function setDisplaySink(next: DisplaySink): void {
  sink = next;
}

/** Throws where no session is: in a program run by plain Node. */
export function displaySink(): DisplaySink {
  if (!sink) throw new Error("tslab's display works in a notebook only: no session is running");
  return sink;
}
