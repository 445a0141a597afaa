/** Compiles long files in a process of its own: the native parser overflows the stack when code nests too deeply. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { syntaxOf } from "../../language/cellSyntax.js";
import { KERNEL_ROOT } from "../../language/kernelRoot.js";
import { isTypeScript } from "../../language/localFile.js";
import { localGraph } from "../../language/localVersion.js";
import { isOverflow, isShallow, otherEnd, type ReaderEnd } from "../../language/nesting.js";
import { userConfig } from "../../language/userConfig.js";
import { cannotBeCompiled, type LocalSource, nestsTooDeeply, type Transformed } from "./transformLocal.js";

/** Of one file: a line of the process's output. */
export type Answer = Transformed | { readonly error: string } | { readonly isTooDeep: true };

interface Known {
  readonly input: string;
  readonly answer: Answer;
}

const program = join(KERNEL_ROOT, "dist", "kernel-ext", "session", "hooks", "fileCompiler.js");

/** Seconds for a file. 10,000 lines take a tenth of one. */
const limit = 10;

/** The last answer of each file. */
const known = new Map<string, Known>();

/**
 * As `transformLocal`, and the process lives on. The long files that this one imports are compiled with it, since they
 * will be asked for next and a process takes a tenth of a second to start. Throws a SyntaxError that names the file.
 */
export function compileApart(local: LocalSource): Transformed {
  const answer = answerTo(local) ?? askFor(local);
  if ("code" in answer) return answer;
  const { file, source } = local;
  if ("error" in answer) throw new SyntaxError(answer.error);
  throw nestsTooDeeply(file, source);
}

/** Whether a file cannot be read for how deeply it nests. Of one that ends the process otherwise that is not known: no. */
export function isTooDeep(local: LocalSource): boolean {
  try {
    return "isTooDeep" in (answerTo(local) ?? askFor(local));
  } catch {
    return false;
  }
}

function answerTo(local: LocalSource): Answer | undefined {
  const found = known.get(local.file);
  return found?.input === JSON.stringify(local) ? found.answer : undefined;
}

function askFor(local: LocalSource): Answer {
  const asked = [local, ...longImports(local.file)];
  const { stdout, stderr, status, signal, error } = spawnSync(
    process.execPath,
    ["--experimental-vm-modules", "--no-warnings", program],
    {
      // The notebook's folder may be gone.
      cwd: KERNEL_ROOT,
      input: JSON.stringify(asked),
      encoding: "utf8",
      maxBuffer: Number.POSITIVE_INFINITY,
      timeout: limit * 1000,
      killSignal: "SIGKILL",
    },
  );
  const answers = (stdout ?? "").split("\n").slice(0, -1);
  for (const [index, answer] of answers.entries())
    note(asked[index] as LocalSource, JSON.parse(answer) as Answer);
  const first = asked[answers.length];
  const end = { code: status, signal, words: stderr ?? "" };
  if (first && isOverflow(end)) note(first, { isTooDeep: true });
  const answer = answerTo(local);
  if (answer) return answer;
  throw cannotBeCompiled(local.file, isLate(error) ? tooLong(local) : failed(whyEnded(end, error)));
}

function note(local: LocalSource, answer: Answer): void {
  known.set(local.file, { input: JSON.stringify(local), answer });
}

/** Those among the files that `file` imports, directly or not, which have no answer yet. */
function longImports(file: string): LocalSource[] {
  return localGraph(file)
    .filter((one) => one !== file && isTypeScript(one))
    .map((one) => ({
      file: one,
      source: readFileSync(one, "utf8"),
      syntax: syntaxOf(userConfig(dirname(one)).options),
    }))
    .filter((one) => !isShallow(one.source) && !answerTo(one));
}

function isLate(error: Error | undefined): boolean {
  return error !== undefined && "code" in error && error.code === "ETIMEDOUT";
}

/** One that ended before it had read all of a long file broke the pipe, too: its end says more than that. */
function whyEnded(end: ReaderEnd, error: Error | undefined): string {
  const hasEnded = end.code !== null || end.signal !== null;
  return error && !hasEnded ? error.message : otherEnd(end);
}

function tooLong({ file, source }: LocalSource): string {
  const size = source.length.toLocaleString("en");
  return `${limit} s are given, and did not do for ${size} characters; put it into several files (${file})`;
}

function failed(why: string): string {
  return `long files are compiled by a process of their own, since what nests too deeply ends it, but it failed: ${why}`;
}
