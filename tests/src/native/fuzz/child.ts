/**
 * Makes the calls of one seed, from one number to another, and says each before it is made: what was said last is the
 * culprit when native code ends the process.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { makeCaller } from "./makeCaller.js";
import type { FuzzKind, Line } from "./runFuzz.js";

const [, , native = "", oracles = "", kind = "", ...numbers] = process.argv;
const [seed = 0, from = 0, to = 0, crashIn] = numbers.map(Number);
const say = (line: Line) => writeSync(3, `${JSON.stringify(line)}\n`);
const load = (file: string) => import(pathToFileURL(join(native, file)).href);

// TensorFlow.js warns of what is slow or old.
console.warn = () => {};
const caller = makeCaller[kind as FuzzKind]({
  ...(await load("index.js")),
  ...(await load("binding.js")),
  oracles,
  say: (call) => say({ kind: "call", call }),
});
let told = 0;
/** Told with each number: a process that is ended tells nothing more. */
const executed = () => {
  const since = caller.executed - told;
  told = caller.executed;
  return since;
};
for (let number = from; number < to; number++) {
  say({ kind: "number", number, executed: executed() });
  try {
    await caller.call(seed, number);
    say({ kind: "end", as: "value" });
  } catch (error) {
    say(error instanceof Error ? { kind: "end", as: "error" } : { kind: "thrown", thrown: inspect(error) });
  }
  if (number === crashIn) process.kill(process.pid, "SIGSEGV");
}
say({ kind: "finished", executed: executed() });
