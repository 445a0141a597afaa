// The other end of peer.mjs, for peers that run on Node.
import { createInterface } from "node:readline";

/** Says that it is ready, then answers each request with what `handle` returns. */
export async function serve(about, handle) {
  console.log(JSON.stringify({ ready: true, ...about }));
  for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify(await handle(JSON.parse(line))));
}
