import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, type Received, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute(
    "const heard: unknown[] = [];\n" +
      "comms.register('echo', (comm, { data, buffers }) => {\n" +
      "  heard.push(['open', data]);\n" +
      "  comm.onMessage = ({ data, buffers }) => {\n" +
      "    console.log('got', data.word);\n" +
      "    comm.send({ back: data.word }, { buffers: buffers.map((one) => one.map((byte) => byte + 1)) });\n" +
      "  };\n" +
      "  comm.onClose = ({ data }) => { heard.push(['close', data]) };\n" +
      "});\n" +
      "comms.register('broken', () => { throw new Error('not today') })",
  );
});
afterAll(() => kernel.close());

const find = (id: string, type: string) =>
  kernel.until(() => kernel.below(id).find((one) => one.type === type), type);
const idle = (id: string) =>
  kernel.until(() => kernel.below(id).some(({ content }) => content.execution_state === "idle"), "idle");

async function comms(target?: string): Promise<unknown> {
  const { content } = await kernel.request(
    "comm_info_request",
    target === undefined ? {} : { target_name: target },
  );
  expect(content.status).toBe("ok");
  return content.comms;
}

it("opens, talks and closes, each message between busy and idle", async () => {
  await kernel.send("comm_open", { comm_id: "e1", target_name: "echo", data: { hello: 1 } });
  const said = await kernel.send("comm_msg", { comm_id: "e1", data: { word: "sun" } }, "shell", {
    buffers: [Buffer.from([1, 2, 3])],
  });
  const answer = await find(said, "comm_msg");
  expect(answer.content).toEqual({ comm_id: "e1", data: { back: "sun" } });
  expect(answer.buffers).toEqual([Buffer.from([2, 3, 4])]);
  await idle(said);
  expect(
    kernel.below(said).map(({ type, content }) => content.execution_state ?? content.text ?? type),
  ).toEqual(["busy", "got sun\n", "comm_msg", "idle"]);
  expect(await comms()).toEqual({ e1: { target_name: "echo" } });
  expect(await comms("echo")).toEqual({ e1: { target_name: "echo" } });
  expect(await comms("other")).toEqual({});
  await idle(await kernel.send("comm_close", { comm_id: "e1", data: { bye: 1 } }));
  expect(await comms()).toEqual({});
  expect(resultText(await kernel.execute("heard"))).toBe(
    "[ [ 'open', { hello: 1 } ], [ 'close', { bye: 1 } ] ]",
  );
});

it("opens a comm from a cell, below that cell", async () => {
  const id = await kernel.start(
    "const mine = comms.open('client side', { a: 1 }); mine.send({ b: 2 }); mine.id",
  );
  const { messages } = await kernel.finished(id);
  const sent = messages.filter(({ type }) => type.startsWith("comm_"));
  const comm_id = sent[0]?.content.comm_id as string;
  expect(sent.map(({ type, content }) => [type, content])).toEqual([
    ["comm_open", { comm_id, data: { a: 1 }, target_name: "client side" }],
    ["comm_msg", { comm_id, data: { b: 2 } }],
  ]);
  expect(await comms("client side")).toEqual({ [comm_id]: { target_name: "client side" } });
  const closing = await kernel.execute("mine.close()");
  expect(closing.messages.find(({ type }) => type === "comm_close")?.content).toEqual({ comm_id, data: {} });
  expect(await comms()).toEqual({});
  const { reply } = await kernel.execute("mine.send({ c: 3 })");
  expect(reply).toMatchObject({ status: "error", evalue: expect.stringContaining("is closed") });
});

it.each([
  ["to an unknown target", "nobody", ""],
  ["whose handler throws", "broken", "not today"],
])("closes a comm %s", async (_what, target_name, text) => {
  const id = await kernel.send("comm_open", { comm_id: `c-${target_name}`, target_name, data: {} });
  expect((await find(id, "comm_close")).content).toEqual({ comm_id: `c-${target_name}`, data: {} });
  if (text) {
    await idle(id);
    expect((await find(id, "stream")).content).toMatchObject({
      name: "stderr",
      text: expect.stringContaining(text),
    });
  }
  expect(await comms()).toEqual({});
});

it("hears a message once, whoever asks for it again", async () => {
  await kernel.execute(
    "const heardOnce: unknown[] = []; comms.register('once', (_, { data }) => { heardOnce.push(data) })",
  );
  await idle(await kernel.send("comm_open", { comm_id: "n1", target_name: "once", data: { at: 1 } }));
  await kernel.execute("await (globalThis as any).__tskDeliver()");
  expect(resultText(await kernel.execute("heardOnce"))).toBe("[ { at: 1 } ]");
  await kernel.send("comm_close", { comm_id: "n1", data: {} });
});

it("gives messages between the cells, in order", async () => {
  await kernel.execute(
    "const order: string[] = []; comms.register('order', (comm) => { order.push('opened') })",
  );
  const gate = kernel.gate();
  await kernel.start(`await ${gate.code}; order.push('first cell')`);
  await kernel.send("comm_open", { comm_id: "o1", target_name: "order", data: {} });
  await kernel.heard();
  gate.open();
  expect(resultText(await kernel.execute("order"))).toBe("[ 'first cell', 'opened' ]");
});

it("keeps a comm message although the cell before it failed", async () => {
  await kernel.execute("let counted = 0; comms.register('count', () => { counted++ })");
  const gate = kernel.gate();
  const failing = await kernel.start(`await ${gate.code}; throw new Error('stop')`);
  await kernel.send("comm_open", { comm_id: "k1", target_name: "count", data: {} });
  const aborted = await kernel.start("counted = 100");
  await kernel.heard();
  gate.open();
  await kernel.finished(failing);
  expect((await kernel.finished(aborted)).reply.ename).toBe("Aborted");
  expect(resultText(await kernel.execute("counted"))).toBe("1");
});

it("gives a flood of messages whole and in order, both ways", async () => {
  await kernel.execute(
    "comms.register('flood', (comm) => {\n" +
      "  comm.onMessage = ({ data }) => { for (let i = 0; i < 10; i++) comm.send({ at: Number(data.at) * 10 + i }) }\n" +
      "})",
  );
  await kernel.send("comm_open", { comm_id: "f1", target_name: "flood", data: {} });
  for (let at = 0; at < 1000; at++) await kernel.send("comm_msg", { comm_id: "f1", data: { at } });
  const said = () =>
    kernel.published
      .filter(({ type, content }) => type === "comm_msg" && content.comm_id === "f1")
      .map(({ content }) => (content.data as { at: number }).at);
  const last = () => kernel.published.findLast(({ type }) => type === "comm_msg")?.content;
  await kernel.until(() => (last()?.data as { at?: number } | undefined)?.at === 9999, "the last answer");
  expect(said()).toEqual(Array.from({ length: 10_000 }, (_, at) => at));
  await kernel.send("comm_close", { comm_id: "f1", data: {} });
});

it("ends an endless handler by an interrupt, variables kept", async () => {
  await kernel.execute("let kept = 8; comms.register('endless', () => { console.log('in'); for (;;) {} })");
  const id = await kernel.send("comm_open", { comm_id: "x1", target_name: "endless", data: {} });
  await find(id, "stream");
  await sleep(50);
  await kernel.request("interrupt_request", {}, "control");
  await idle(id);
  expect(resultText(await kernel.execute("kept"))).toBe("8");
});

it("ends the runs that an interrupted handler left open", async () => {
  const { reply } = await kernel.execute(
    "import { track } from 'tunelab';\n" +
      "const open: { record: { status: string } }[] = [];\n" +
      "comms.register('train', () => {\n" +
      "  open.push(track({ name: 'slider' }));\n" +
      "  console.log('in');\n" +
      "  for (;;) {}\n" +
      "})",
  );
  expect(reply.status, String(reply.evalue)).toBe("ok");
  const id = await kernel.send("comm_open", { comm_id: "t1", target_name: "train", data: {} });
  await find(id, "stream");
  await sleep(50);
  await kernel.request("interrupt_request", {}, "control");
  await idle(id);
  const status = async () => resultText(await kernel.execute("open.map(({ record }) => record.status)"));
  await expect.poll(status).toBe("[ 'interrupted' ]");
});

it("closes what the session that died had open", async () => {
  await kernel.execute("comms.open('widget')");
  const [comm_id] = Object.keys((await comms("widget")) as object);
  await kernel.execute("process.exit(1)");
  const closes = (message: Received) => message.type === "comm_close" && message.content.comm_id === comm_id;
  expect(kernel.published.some(closes)).toBe(true);
  expect(await comms()).toEqual({});
});
