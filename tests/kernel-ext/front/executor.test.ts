import { describe, expect, it } from "vitest";
import { CellOutlet } from "../../../kernel-ext/front/cellOutlet.js";
import { executeRequest } from "../../../kernel-ext/front/executeRequest.js";
import { Executor } from "../../../kernel-ext/front/executor.js";
import type { ExecuteEnd } from "../../../kernel-ext/front/executorCalls.js";
import { prepareCell } from "../../../kernel-ext/front/prepareCell.js";
import type { SessionListener, SessionProcess } from "../../../kernel-ext/front/sessionProcess.js";
import type { SessionCommand } from "../../../kernel-ext/session/protocol.js";
import type { Message } from "../../../kernel-ext/wire/message.js";

/** A session whose life the test decides. It answers each cell at once. */
class ScriptedSession {
  listener: SessionListener | undefined;
  readonly ran: string[] = [];
  readonly pid = 1;
  readonly got: SessionCommand[] = [];
  listen(listener: SessionListener): void {
    this.listener = listener;
  }
  send(command: SessionCommand): void {
    this.got.push(command);
    if (command.type !== "run") return;
    this.ran.push(command.cell.source);
    this.listener?.event({ type: "done", cell: command.cell.number, milliseconds: 1 });
  }
  async settle(): Promise<void> {}
  ready(): void {
    this.listener?.event({ type: "ready", pid: 1, node: "20" });
  }
}

function start(beforePrepared: () => void = () => undefined, ask: () => Promise<unknown> = async () => null) {
  const sessions: ScriptedSession[] = [];
  const begin = () => {
    const session = new ScriptedSession();
    sessions.push(session);
    return session as unknown as SessionProcess;
  };
  const ends: ExecuteEnd[] = [];
  let told: () => void = () => undefined;
  const problems: string[] = [];
  const executor = new Executor(
    new CellOutlet(() => undefined),
    {
      begin: () => undefined,
      async prepare(source, cell) {
        beforePrepared();
        return await prepareCell(source, cell, { own: new Set() });
      },
      prepareExpression: (source, cell, own) => prepareCell(source, cell, { own }),
      running: () => undefined,
      pages: async () => [],
      result: () => undefined,
      deliver: () => undefined,
      delivered: () => undefined,
      comm: () => undefined,
      commTarget: () => undefined,
      abort: () => undefined,
      end(_request, end) {
        ends.push(end);
        told();
      },
      ask,
      input: () => undefined,
      variables: () => [],
      lost: () => undefined,
      problem: (text) => problems.push(text),
    },
    { behind: () => false, drained: async () => undefined },
    { first: begin(), start: begin },
  );
  const execute = async (code: string): Promise<ExecuteEnd> => {
    const done = new Promise<void>((resolve) => {
      told = resolve;
    });
    executor.add(executeRequest({ content: { code }, header: {} } as unknown as Message));
    await done;
    return ends.at(-1) as ExecuteEnd;
  };
  return { sessions, execute, problems };
}

describe("a session that dies", () => {
  it("is replaced at once when it had been ready", () => {
    const { sessions } = start();
    sessions[0]?.ready();
    sessions[0]?.listener?.died("signal SIGSEGV");
    expect(sessions.length).toBe(2);
  });

  it("before it is ready is replaced by the next cell only: no endless row of processes", async () => {
    const { sessions, execute, problems } = start();
    sessions[0]?.listener?.died("exit code 1");
    expect(sessions.length).toBe(1);
    expect(problems).toEqual(["the session does not start: exit code 1"]);
    expect((await execute("1")).error).toBeUndefined();
    expect(sessions.map(({ ran }) => ran)).toEqual([[], ["1"]]);
  });

  it("while a cell is prepared ends that cell, which no other session runs", async () => {
    const first = { alive: true };
    const { sessions, execute } = start(() => {
      if (!first.alive) return;
      first.alive = false;
      sessions[0]?.ready();
      sessions[0]?.listener?.died("exit code 3");
    });
    // Refused besides, which is no reason to be silent about the death.
    expect((await execute("const = drop()")).error).toMatchObject({ ename: "SessionEnded" });
    expect(sessions.map(({ ran }) => ran)).toEqual([[], []]);
    expect((await execute("2")).error).toBeUndefined();
    expect(sessions[1]?.ran).toEqual(["2"]);
  });

  it("leaves its questions to nobody: its successor, which counts anew, gets no answer to them", async () => {
    let answer: (value: unknown) => void = () => undefined;
    const asked = new Promise((resolve) => {
      answer = resolve;
    });
    const { sessions } = start(undefined, () => asked);
    sessions[0]?.ready();
    sessions[0]?.listener?.event({ type: "request", id: 1, method: "history", params: {} });
    sessions[0]?.listener?.died("signal SIGSEGV");
    sessions[1]?.ready();
    answer("the dead one's");
    await new Promise(setImmediate);
    expect(sessions.map(({ got }) => got)).toEqual([
      [{ type: "answer", id: 1, value: "the dead one's" }],
      [],
    ]);
  });
});
