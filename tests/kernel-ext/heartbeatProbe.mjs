// Pings a heartbeat from a process of its own, so that a busy test does not count, and beside it an echo that has
// nothing else to do, so that what the machine itself takes is known. Ends when stdin does, and prints the round trips
// in milliseconds as JSON: those of the kernel, and those of the idle echo.
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { Reply, Request } from "zeromq";

/** Round trips of each, however soon it is to end: the slowest one is left out by whoever looks at them. */
const fewest = 3;

if (isMainThread) await probe(process.argv[2]);
else await echo();

async function probe(address) {
  const idle = new Worker(new URL(import.meta.url));
  const idleAddress = await new Promise((resolve) => idle.once("message", resolve));
  let going = true;
  process.stdin.on("end", () => {
    going = false;
  });
  process.stdin.resume();
  const times = { kernel: [], idle: [] };
  const sockets = { kernel: connect(address), idle: connect(idleAddress) };
  while (going || times.kernel.length < fewest) {
    for (const name of ["kernel", "idle"]) times[name].push(await roundTrip(sockets[name]));
    if (times.kernel.length === 1) process.stderr.write("beating\n");
    await sleep(10);
  }
  process.stdout.write(JSON.stringify(times), () => process.exit(0));
}

async function echo() {
  const socket = new Reply({ linger: 0 });
  await socket.bind("tcp://127.0.0.1:*");
  parentPort.postMessage(socket.lastEndpoint);
  for await (const frames of socket) await socket.send(frames);
}

function connect(address) {
  const socket = new Request({ linger: 0, receiveTimeout: 20_000 });
  socket.connect(address);
  return socket;
}

async function roundTrip(socket) {
  const begun = performance.now();
  await socket.send("ping");
  const [answer] = await socket.receive();
  if (String(answer) !== "ping") throw new Error(`the heartbeat must echo ping, got ${answer}`);
  return performance.now() - begun;
}
