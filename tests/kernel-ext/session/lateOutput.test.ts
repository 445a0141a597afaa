import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
  await kernel.execute("const printed = (text: string) => console.log(text);");
});
afterAll(() => kernel.close());

/** Cells that end at once and print `late` afterwards, while another cell runs. */
const sources: Record<string, string> = {
  "a timer": "setTimeout(() => console.log('late'), 150); 0",
  "a promise": "(async () => { await new Promise((go) => setTimeout(go, 150)); printed('late') })(); 0",
  "a promise of Node's own":
    "import { setTimeout as wait } from 'node:timers/promises'; wait(150).then(() => printed('late')); 0",
  "a function of an earlier cell": "setTimeout(printed, 150, 'late'); 0",
  "a callback of the file system":
    "import { readFile } from 'node:fs'; setTimeout(() => readFile('/dev/null', () => console.log('late')), 100); 0",
  "a child process that is listened to":
    "import { spawn } from 'node:child_process'; spawn('sh', ['-c', 'sleep 0.15; echo late']).stdout.on('data', (data) => printed(String(data).trim())); 0",
  "a child process piped by a library's own listeners":
    "import { spawn } from 'node:child_process'; spawn('sh', ['-c', 'sleep 0.15; echo late']).stdout.pipe(process.stdout, { end: false }); 0",
  "a child process that inherits the output":
    "import { spawn } from 'node:child_process'; spawn('sh', ['-c', 'sleep 0.15; echo late'], { stdio: 'inherit' }); 0",
  "a socket":
    "import { connect, createServer } from 'node:net'; const server = createServer((one) => setTimeout(() => one.end('late'), 150)).listen(0, () => connect((server.address() as any).port).on('data', (data) => { console.log(String(data)); server.close() })); 0",
  "a worker thread":
    "import { Worker } from 'node:worker_threads'; new Worker(\"setTimeout(() => console.log('late'), 100)\", { eval: true }); 0",
};

it.each(Object.entries(sources))("keeps late output with its cell: %s", async (_what, code) => {
  const before = kernel.published.length;
  const id = await kernel.start(code);
  const gate = kernel.gate();
  const other = await kernel.start(`await ${gate.code}; console.log('own')`);
  const streams = () => kernel.published.slice(before).filter(({ type }) => type === "stream");
  await kernel.until(() => streams().length > 0, "the late print");
  gate.open();
  await kernel.finished(other);
  const told = streams().map(({ parent, content }) => [parent.msg_id, String(content.text).trim()]);
  expect(told).toEqual([
    [id, "late"],
    [other, "own"],
  ]);
});

it("takes what a listener prints while a cell emits to be that cell's", async () => {
  await kernel.execute(
    "import { EventEmitter } from 'node:events'; const bus = new EventEmitter(); bus.on('said', (text) => console.log(text))",
  );
  const { messages } = await kernel.execute("bus.emit('said', 'now')");
  expect(messages.filter(({ type }) => type === "stream").map(({ content }) => content.text)).toEqual([
    "now\n",
  ]);
});

it("keeps late output out of another cell's %%capture", async () => {
  const before = kernel.published.length;
  const id = await kernel.start("setTimeout(() => console.log('late'), 150); 0");
  const gate = kernel.gate();
  const capture = await kernel.start(`%%capture kept\nawait ${gate.code}; console.log('own')`);
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the late print");
  gate.open();
  await kernel.finished(capture);
  const streams = kernel.published.slice(before).filter(({ type }) => type === "stream");
  expect(streams.map(({ parent, content }) => [parent.msg_id, content.text])).toEqual([[id, "late\n"]]);
  expect(resultText(await kernel.execute("kept.stdout"))).toBe("'own\\n'");
});
