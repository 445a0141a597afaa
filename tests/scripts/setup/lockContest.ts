/** Several processes that take over one dead lock at the same moment, again and again. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const rounds = 60;
const processes = 6;

/** How often a lock was held in all, and how often by a process while another held it. */
export interface Contest {
  readonly held: number;
  readonly shared: number;
}

/**
 * @param take the body of a module: a function `take` from the folder of a round to what gives its lock back; it throws
 *   where another process has it
 * @param lock path of the lock in a round's folder; `dead` is what a process that is gone left there
 */
export async function contest({
  take,
  lock,
  dead,
}: Record<"take" | "lock" | "dead", string>): Promise<Contest & { readonly folders: readonly string[] }> {
  const root = mkdtempSync(join(tmpdir(), "contest-"));
  const folders = Array.from({ length: rounds }, (_, round) => join(root, String(round)));
  for (const folder of folders) {
    mkdirSync(dirname(join(folder, lock)), { recursive: true });
    writeFileSync(join(folder, lock), dead);
  }
  const script = join(root, "contestant.mjs");
  writeFileSync(script, contestant(take, folders));
  const start = String(Date.now() + 1_500);
  const results = await Promise.all(Array.from({ length: processes }, () => resultOf(script, start)));
  const sum = (of: keyof Contest) => results.reduce((total, result) => total + result[of], 0);
  return { held: sum("held"), shared: sum("shared"), folders };
}

/** Whoever holds the lock stands in `inside` meanwhile, which only one can make. */
const contestant = (take: string, folders: readonly string[]) => `
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
${take}
let [held, shared] = [0, 0];
const wait = (until) => { while (Date.now() < until); };
for (const [round, folder] of ${JSON.stringify(folders)}.entries()) {
  wait(Number(process.argv[2]) + round * 40);
  let release;
  try {
    release = await take(folder);
  } catch (error) {
    if (!/only one may|waiting for/.test(error.message)) throw error;
    continue;
  }
  held++;
  const inside = join(folder, "inside");
  try {
    writeFileSync(inside, "", { flag: "wx" });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    rmSync(inside);
  } catch {
    shared++;
  }
  release();
}
console.log(JSON.stringify({ held, shared }));
`;

function resultOf(script: string, start: string): Promise<Contest> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, start], { stdio: ["ignore", "pipe", "pipe"] });
    let [out, errors] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      errors += data;
    });
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(JSON.parse(out)) : reject(new Error(errors))));
  });
}
