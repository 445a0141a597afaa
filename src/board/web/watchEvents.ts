/** Server-sent events by fetch, since an EventSource can send no header. */
import type { SourceState } from "../source/pageSource.js";

/** Milliseconds until a lost connection is tried again. */
const pause = 1000;

/** Tells each version that the server says, and when the connection is lost; until what it returns is called. */
export function watchEvents(
  url: URL,
  headers: Readonly<Record<string, string>>,
  told: (state: SourceState) => void,
): () => void {
  const ended = new AbortController();
  // Without it jupyter-server-proxy waits for the answer's end, which never comes.
  const asked = { ...headers, accept: "text/event-stream" };
  let version = 0;
  const follow = async () => {
    while (!ended.signal.aborted) {
      try {
        const response = await fetch(url, { headers: asked, signal: ended.signal });
        if (response.ok && response.body)
          for await (const message of messages(response.body)) {
            version = (JSON.parse(message) as { version: number }).version;
            told({ version, connected: true });
          }
      } catch {
        // The connection was lost, or was to end: both are told below.
      }
      if (ended.signal.aborted) return;
      told({ version, connected: false });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
  void follow();
  return () => ended.abort();
}

/** What stands after `data:` in each message; comments and other fields are left out. */
async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop() as string;
    for (const part of parts) {
      const data = part.split("\n").filter((line) => line.startsWith("data: "));
      if (data.length > 0) yield data.map((line) => line.slice(6)).join("\n");
    }
  }
}
