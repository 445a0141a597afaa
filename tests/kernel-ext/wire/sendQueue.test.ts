import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { SendQueue } from "../../../kernel-ext/wire/sendQueue.js";

describe("SendQueue", () => {
  it("sends in order, one at a time", async () => {
    const sent: string[] = [];
    let busy = 0;
    let most = 0;
    const socket = {
      async send([frame]: Buffer[]) {
        most = Math.max(most, ++busy);
        await turn();
        sent.push(String(frame));
        busy--;
      },
    };
    const queue = new SendQueue(socket, () => undefined);
    for (let i = 0; i < 1000; i++) queue.push([Buffer.from(String(i))]);
    await queue.drained();
    expect(sent).toEqual(Array.from({ length: 1000 }, (_, i) => String(i)));
    expect(most).toBe(1);
    expect(queue.length).toBe(0);
  });

  it("gives what came in meanwhile the chance to be answered first", async () => {
    const sent: string[] = [];
    const queue = new SendQueue({ send: async ([frame]) => void sent.push(String(frame)) }, () => undefined);
    queue.push([Buffer.from("busy")]);
    queue.push([Buffer.from("idle")]);
    await Promise.resolve();
    queue.pushFirst([Buffer.from("welcome")]);
    await queue.drained();
    expect(sent).toEqual(["welcome", "busy", "idle"]);
  });

  it("sends nothing before it is opened, and then what was put first", async () => {
    const sent: string[] = [];
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const queue = new SendQueue({ send: async ([frame]) => void sent.push(String(frame)) }, () => {}, opened);
    queue.push([Buffer.from("output")]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toEqual([]);
    queue.pushFirst([Buffer.from("welcome")]);
    open();
    await queue.drained();
    expect(sent).toEqual(["welcome", "output"]);
  });

  it("goes on after a send that failed, and tells of it", async () => {
    const failures: unknown[] = [];
    const sent: string[] = [];
    const socket = {
      async send([frame]: Buffer[]) {
        if (String(frame) === "bad") throw new Error("closed");
        sent.push(String(frame));
      },
    };
    const queue = new SendQueue(socket, (error) => failures.push(error));
    for (const text of ["a", "bad", "b"]) queue.push([Buffer.from(text)]);
    await queue.drained();
    expect(sent).toEqual(["a", "b"]);
    expect(failures).toEqual([new Error("closed")]);
    queue.push([Buffer.from("c")]);
    await queue.drained();
    expect(sent).toEqual(["a", "b", "c"]);
  });
});
