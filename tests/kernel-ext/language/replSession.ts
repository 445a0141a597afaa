/** Runs cells for real: V8's REPL mode in a Node process of its own, with the globals a session gives. */
import { type ChildProcess, spawn } from "node:child_process";
import { compileCell } from "../../../kernel-ext/language/compileCell.js";
import { ownGlobals } from "../../../kernel-ext/language/ownGlobals.js";

const RUNNER = `
import { createInterface } from "node:readline";
import { Session } from "node:inspector/promises";
import { inspect } from "node:util";
const shown = new Map();
globalThis.__tsk = {
  aw: (x) => x,
  ait: (x) => x,
  imp: (specifier, options) => import(specifier, options),
  res: (cell, value) => { shown.set(cell, inspect(value)); },
  meta: { url: "file:///cell" },
};
const session = new Session();
session.connect();
for await (const line of createInterface({ input: process.stdin })) {
  const { cell, code } = JSON.parse(line);
  const answer = await session.post("Runtime.evaluate", { expression: code, replMode: true, awaitPromise: true });
  const error = answer.exceptionDetails?.exception?.description;
  process.stdout.write(JSON.stringify({ cell, result: shown.get(cell), error }) + "\\n");
}
`;

export interface CellOutcome {
  /** `util.inspect` of the last expression's value. */
  readonly result?: string;
  /** The stack of what was thrown, or the syntax errors' messages. */
  readonly error?: string;
}

export class ReplSession {
  readonly #child: ChildProcess;
  readonly #own = new Set<string>();
  #cell = 0;
  #answered: ((line: string) => void) | undefined;
  readonly maps = new Map<number, string>();

  constructor() {
    this.#child = spawn(process.execPath, ["--input-type=module", "-e", RUNNER], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let rest = "";
    this.#child.stdout?.on("data", (data) => {
      rest += data;
      const end = rest.indexOf("\n");
      if (end < 0) return;
      this.#answered?.(rest.slice(0, end));
      rest = rest.slice(end + 1);
    });
  }

  /** Compiles and runs a cell. */
  async run(source: string): Promise<CellOutcome> {
    const cell = ++this.#cell;
    const { code, map, errors, facts } = await compileCell(source, cell, { own: this.#own });
    for (const name of ownGlobals(facts)) this.#own.add(name);
    if (errors.length > 0) return { error: errors.map((error) => error.message).join("; ") };
    this.maps.set(cell, map);
    const answer = new Promise<string>((resolve) => {
      this.#answered = resolve;
    });
    this.#child.stdin?.write(`${JSON.stringify({ cell, code })}\n`);
    return JSON.parse(await answer);
  }

  close(): void {
    this.#child.kill();
  }
}
