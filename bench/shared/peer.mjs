// A program under comparison: a process that measures when it is told to and is idle otherwise.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * The process reads one JSON request a line and answers each with one JSON line; its first line says that it is
 * ready, with its versions.
 */
export class Peer {
  /** @param {{ name: string, command: string, parameters: string[], env?: Record<string, string> }} options */
  constructor({ name, command, parameters, env = {} }) {
    this.name = name;
    this.child = spawn(command, parameters, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...env },
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.child.on("error", (error) => {
      throw new Error(`${name} did not start: ${error.message}`);
    });
  }

  /** Waits until it is ready; returns what it says of itself. */
  async ready() {
    return this.#answer();
  }

  async ask(request) {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#answer();
  }

  end() {
    this.child.stdin.end();
  }

  async #answer() {
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) throw new Error(`${this.name} ended before it answered`);
      if (value.startsWith("{")) return JSON.parse(value);
    }
  }
}
