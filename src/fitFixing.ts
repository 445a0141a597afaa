/**
 * A training that is repeated for its fix in a process of its own: `tunelab doctor RUN --fix` executes the code that the run
 * keeps with TUNELAB_FIX set. The call of `fit` that trained the run then tries what the doctor prescribes in its place, and
 * ends the program; those before it train unrecorded.
 */
import { readFileSync } from "node:fs";
import { writeFileAtomic } from "./base/atomicFile.js";
import { tell } from "./fitNotices.js";
import { FixInterrupted, type FixOptions, patchedFix, type Repeatable } from "./fix/index.js";
import { readRunRecord } from "./track/index.js";

export const fixVariable = "TUNELAB_FIX";

export interface FixRequest {
  /** The folder of the run. */
  readonly dir: string;
  /** The file that takes the answer. */
  readonly answer: string;
  readonly attempts?: number;
}

export interface FixAnswer {
  readonly text: string;
  readonly fix: object;
}

/** Ends the program in which the fix was found: nothing behind it is of interest. */
export class FixAnswered extends Error {
  override readonly name = "FixAnswered";
}

/** Undefined in a process that is no fix. */
export function fixRequest(environment: NodeJS.ProcessEnv = process.env): FixRequest | undefined {
  const text = environment[fixVariable];
  return text === undefined || text === "" ? undefined : (JSON.parse(text) as FixRequest);
}

/** Whether a training about to begin is the one that was recorded in the folder: called so, with the same settings. */
export function isOf(
  dir: string,
  { name, config }: { readonly name: string; readonly config: object },
): boolean {
  const record = readRunRecord(dir);
  // As a record has it: without what is undefined, secrets masked, numbers that are none as texts.
  const said = JSON.parse(JSON.stringify(config)) as Record<string, unknown>;
  const differs = Object.keys(said).some(
    (key) => JSON.stringify(said[key]) !== JSON.stringify(record.config[key]) && record.config[key] !== "***",
  );
  return record.name === name && !differs;
}

/** @throws FixAnswered always, once the answer is written: where the person interrupts, of what was found. */
export async function answerFix(request: FixRequest, first: Repeatable): Promise<never> {
  const options: FixOptions = {
    say: (line) => tell(`fix ${line}`),
    ...(request.attempts !== undefined && { attempts: request.attempts }),
  };
  const fix = await patchedFix(first, options).catch((error: unknown) => {
    if (error instanceof FixInterrupted) return error.fix;
    throw error;
  });
  const answer: FixAnswer = { text: String(fix), fix: fix.toJSON() };
  writeFileAtomic(request.answer, JSON.stringify(answer));
  throw new FixAnswered(fix.headline);
}

/** What the process wrote; undefined if it ended before. */
export function readAnswer(file: string): FixAnswer | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as FixAnswer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
