import { expect, it } from "vitest";
import { CellOutlet } from "../../../kernel-ext/front/cellOutlet.js";
import type { Execution } from "../../../kernel-ext/front/execution.js";
import type { ExecutorCalls } from "../../../kernel-ext/front/executorCalls.js";
import { Occupation } from "../../../kernel-ext/front/occupation.js";
import { Questions } from "../../../kernel-ext/front/questions.js";
import { SessionEvents } from "../../../kernel-ext/front/sessionEvents.js";
import type { SessionCommand } from "../../../kernel-ext/session/protocol.js";

function start(calls: Partial<ExecutorCalls> = {}, behind = false) {
  const published: { type: string; parent: unknown; content: unknown }[] = [];
  const outlet = new CellOutlet((type, parent, content) => published.push({ type, parent, content }));
  const occupation = new Occupation();
  const drained = Promise.resolve();
  const events = new SessionEvents(outlet, calls as ExecutorCalls, {
    occupation,
    backlog: { behind: () => behind, drained: () => drained },
  });
  const answers: SessionCommand[] = [];
  return {
    events,
    outlet,
    occupation,
    published,
    drained,
    answers,
    asker: { send: (answer: SessionCommand) => answers.push(answer) },
  };
}

const question = { type: "input", id: 5, cell: 2, prompt: "?", password: false } as const;

it("answers a question of the session's, with the error's text where it fails", async () => {
  const { events, asker, answers } = start({
    ask: async (method) => {
      if (method === "names") return ["a"];
      throw new RangeError(`no ${method}`);
    },
  });
  events.take({ type: "request", id: 1, method: "names", params: {} }, asker);
  events.take({ type: "request", id: 2, method: "nonsense", params: {} } as never, asker);
  await new Promise(setImmediate);
  expect(answers).toEqual([
    { type: "answer", id: 1, value: ["a"] },
    { type: "answer", id: 2, error: "no nonsense" },
  ]);
});

it("refuses input for a cell that has ended, and of a client that takes none", () => {
  const { events, occupation, asker, answers } = start();
  events.take(question, asker);
  occupation.begin({ cell: 2, request: { allowStdin: false } } as Execution);
  events.take(question, asker);
  expect(answers).toEqual([
    {
      type: "answer",
      id: 5,
      error: "only the running cell can ask for input, but code of cell 2 did, which has ended",
    },
    { type: "answer", id: 5, error: "this client takes no input: it does not allow stdin" },
  ]);
});

it("says at once, below the last cell, that an ended cell's code keeps the session busy", () => {
  const { events, outlet, occupation, published, asker } = start();
  outlet.open(4, { parent: { msg_id: "four" }, count: 4, silent: false });
  occupation.takeUp(4);
  events.take({ type: "blocked", cell: 3 }, asker);
  expect(published).toMatchObject([
    { type: "stream", parent: { msg_id: "four" }, content: { name: "stderr" } },
  ]);
  expect(JSON.stringify(published)).toContain(
    "code of cell 3, such as a timer's callback, keeps the session busy",
  );
});

it("loses nothing while a silent cell runs: its own words stand below the last one, native code's in the log", () => {
  const problems: string[] = [];
  const { events, outlet, occupation, published, asker } = start({ problem: (text) => problems.push(text) });
  outlet.open(4, { parent: { msg_id: "four" }, count: 4, silent: false });
  occupation.takeUp(4);
  outlet.open(-1, { parent: { msg_id: "hush" }, count: 4, silent: true });
  occupation.begin({ cell: -1, request: { silent: true } } as Execution);
  events.take({ type: "blocked", cell: 3 }, asker);
  events.native("stderr", "malloc: corrupted\n");
  expect(published).toMatchObject([{ type: "stream", parent: { msg_id: "four" } }]);
  expect(problems).toEqual(["while a silent cell ran, native code wrote to stderr: malloc: corrupted"]);
  occupation.end();
  events.native("stdout", "late");
  outlet.flush();
  expect(published.at(-1)).toMatchObject({ parent: { msg_id: "four" }, content: { text: "late" } });
});

it("sends the text before it that a comm message follows, in their order", () => {
  const order: string[] = [];
  const { events, outlet, published, asker } = start({
    comm: (_, parent) => order.push(`${published.length} ${parent.msg_id}`),
  });
  outlet.open(1, { parent: { msg_id: "one" }, count: 1, silent: false });
  events.take({ type: "stream", cell: 1, name: "stdout", text: "first" }, asker);
  events.take({ type: "comm", cell: 1 } as never, asker);
  expect(order).toEqual(["1 one"]);
});

it("sends the text before it that a question follows, in their order", () => {
  const order: string[] = [];
  const { events, occupation, outlet, published, asker } = start();
  outlet.open(2, { parent: { msg_id: "two" }, count: 2, silent: false });
  const questions = new Questions((prompt) => order.push(`${published.length} ${prompt}`));
  occupation.begin({ cell: 2, request: { allowStdin: true }, questions } as unknown as Execution);
  events.take({ type: "stream", cell: 2, name: "stdout", text: "Your name?" }, asker);
  events.take(question, asker);
  expect(order).toEqual(["1 ?"]);
});

it("makes the session wait while the client's side is behind, and only then", () => {
  expect(start().events.pause()).toBeUndefined();
  const { events, drained } = start({}, true);
  expect(events.pause()).toBe(drained);
});
