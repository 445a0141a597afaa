import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mostWaiting, PatientPublisher, type Publishing } from "../../../kernel-ext/wire/patientPublisher.js";

/** What libzmq does for one subscriber: keeps `mostWaiting` messages, then loses them, or with noDrop refuses. */
class OneSubscriber implements Publishing {
  noDrop = false;
  readonly kept: string[] = [];
  taken = 0;
  refusals = 0;

  async send(frames: unknown): Promise<void> {
    if (this.kept.length - this.taken < mostWaiting) this.kept.push(String(frames));
    else if (this.noDrop) {
      this.refusals++;
      throw Object.assign(new Error("no room"), { code: "EAGAIN" });
    }
  }
}

let socket: OneSubscriber;
let told: string[];
let publisher: PatientPublisher;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  socket = new OneSubscriber();
  told = [];
  publisher = new PatientPublisher(socket, (text) => told.push(text));
});
afterEach(() => {
  vi.useRealTimers();
});

async function send(from: number, to: number): Promise<void> {
  for (let i = from; i < to; i++) await publisher.send([Buffer.from(String(i))]);
}

it("waits for a subscriber that reads, however slowly", async () => {
  const reading = setInterval(() => {
    vi.advanceTimersByTime(4000);
    socket.taken++;
  }, 2);
  await send(0, 100);
  clearInterval(reading);
  expect(socket.kept).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
  expect(socket.refusals).toBeGreaterThan(0);
  expect(told).toEqual([]);
});

it("gives up on one that has stopped, once, and comes back to it", async () => {
  const begun = performance.now();
  const passing = setInterval(() => vi.advanceTimersByTime(1), 0);
  await send(0, mostWaiting);
  expect(performance.now() - begun).toBeLessThan(1000);
  await send(mostWaiting, 500);
  clearInterval(passing);
  const waited = performance.now() - begun;
  expect(waited).toBeGreaterThan(5000);
  expect(waited).toBeLessThan(6000);
  expect(socket.kept.length).toBe(mostWaiting);
  expect(told).toEqual(["a client has stopped reading output: until it reads again, it loses some"]);
  socket.taken = mostWaiting;
  await send(500, 500 + mostWaiting);
  expect(socket.kept.slice(mostWaiting).at(-1)).toBe(String(499 + mostWaiting));
  expect(socket.kept.length).toBe(2 * mostWaiting);
  // It reads again, and is waited for again.
  expect(socket.noDrop).toBe(true);
});

it("waits for nobody at the end, and tells of what is no lack of room", async () => {
  await send(0, mostWaiting);
  publisher.hurryUp();
  await send(mostWaiting, 100);
  expect(socket.kept.length).toBe(mostWaiting);
  socket.send = async () => {
    throw new Error("closed");
  };
  await send(0, mostWaiting).then(
    () => expect.fail("it must say that it failed"),
    (error) => expect(String(error)).toBe("Error: closed"),
  );
});
