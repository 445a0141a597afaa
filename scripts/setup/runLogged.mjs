// Runs a program of the set-up: all it says goes to a log file, line by line also to whoever watches.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";

/**
 * @typedef {object} RunOptions
 * @property {string} log the file that keeps everything the program says
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine]
 */

/**
 * Resolves to the exit code and the last 200 lines; a program that cannot be started has code 127.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ code: number, signal: string | null, tail: string }>}
 */
export async function runLogged(command, args, { log, cwd, env, onLine }) {
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: "a" });
  const fileFailed = new Promise((resolve) => file.once("error", resolve));
  file.write(`$ ${[command, ...args].join(" ")}\n`);
  /** @type {string[]} */
  const tail = [];
  const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      if (file.writable) file.write(`${line}\n`);
      tail.push(line);
      if (tail.length > 200) tail.shift();
      onLine?.(line);
    });
  }
  const { code, signal } = await new Promise((resolve) => {
    child.once("error", (error) => {
      tail.push(error.message);
      resolve({ code: 127, signal: null });
    });
    child.once("close", (code, signal) => resolve({ code: code ?? 1, signal }));
  });
  await Promise.race([new Promise((resolve) => file.end(resolve)), fileFailed]);
  return { code, signal, tail: tail.join("\n") };
}
