// Pings a heartbeat from a process of its own, so that a busy test does not count. Ends when stdin does, and prints the
// round trips in milliseconds as JSON.
import { setTimeout as sleep } from "node:timers/promises";
import { Request } from "zeromq";

const socket = new Request({ linger: 0, receiveTimeout: 20_000 });
socket.connect(process.argv[2]);
let going = true;
process.stdin.on("end", () => {
  going = false;
});
process.stdin.resume();
const times = [];
while (going) {
  const begun = performance.now();
  await socket.send("ping");
  const [answer] = await socket.receive();
  if (String(answer) !== "ping") throw new Error(`the heartbeat must echo ping, got ${answer}`);
  times.push(performance.now() - begun);
  if (times.length === 1) process.stderr.write("beating\n");
  await sleep(10);
}
process.stdout.write(JSON.stringify(times));
socket.close();
