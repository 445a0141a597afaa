/**
 * A training that is repeated for its fix in a process of its own: `tunelab doctor RUN --fix` executes the code that the run
 * keeps with TUNELAB_FIX set. The call of `fit` that trained the run then tries what the doctor prescribes in its place, and
 * ends the process; those before it, and what else the program records, go into a folder of their own, which is thrown away.
 */
import { appendFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeFileAtomic } from "./base/atomicFile.js";
import { textIfThere } from "./base/textIfThere.js";
import { tell } from "./fitNotices.js";
import { differences, otherLooks, recordedSigns, type TrainingSigns } from "./fitSigns.js";
import { FixInterrupted, type FixOptions, patchedFix, type Repeatable } from "./fix/index.js";
import { findRuns, readRunRecord, recordElsewhere } from "./track/index.js";

export const fixVariable = "TUNELAB_FIX";

export interface FixRequest {
  /** The folder of the run. */
  readonly dir: string;
  /** Which one it is of the trainings of its process that are equal. */
  readonly place: EqualPlace;
  /** The file that takes the answer. */
  readonly answer: string;
  /** The file that takes a line for each training that is another one. */
  readonly met: string;
  /** The folder for what the program records beside. */
  readonly beside: string;
  readonly attempts?: number;
}

/** Which one a training is of those of its process that its record cannot tell from it. */
export interface EqualPlace {
  /** From 1. */
  readonly nth: number;
  /** Whether those with other data count too. */
  readonly anyData: boolean;
}

export type FixAnswer =
  | { readonly text: string; readonly fix: FixFound }
  /** The training was found, and its fix failed. */
  | { readonly failure: string };

export interface FixFound {
  readonly after: {
    readonly diagnosis: { readonly verdicts: readonly { readonly severity: string }[] };
  };
}

/** Undefined in a process that is no fix. */
export function fixRequest(environment: NodeJS.ProcessEnv = process.env): FixRequest | undefined {
  const text = environment[fixVariable];
  return text === undefined || text === "" ? undefined : (JSON.parse(text) as FixRequest);
}

/** Before the program records anything. */
export function recordBeside(): void {
  const request = fixRequest();
  if (request) recordElsewhere(request.beside);
}

/**
 * As the record says it. Of a record that does not, as older versions wrote them, it is that among the runs that are there still, of the same
 * process and folder.
 */
export function placeAmongEqual(dir: string): EqualPlace {
  const { owner, createdAt, equalBefore } = readRunRecord(dir);
  if (equalBefore !== undefined) return { nth: equalBefore + 1, anyData: true };
  const signs = recordedSigns(dir);
  const before = findRuns([], { dir: dirname(dir) }).filter((other) => {
    const record = readRunRecord(other);
    const { pid, host, processStart } = record.owner;
    if (other === dir || pid !== owner.pid || host !== owner.host || processStart !== owner.processStart)
      return false;
    return record.createdAt < createdAt && differences(recordedSigns(other), signs).length === 0;
  });
  return { nth: before.length + 1, anyData: false };
}

let equal = 0;

/** Whether a training about to begin is the one that was recorded; of another one the answer is told how it differs. */
export function isAsked(
  { dir, place: { nth, anyData }, met }: Pick<FixRequest, "dir" | "place" | "met">,
  signs: TrainingSigns,
): boolean {
  const recorded = recordedSigns(dir);
  const found = differences(signs, recorded);
  const counts = anyData ? otherLooks(signs, recorded).length === 0 : found.length === 0;
  if (counts) equal++;
  if (found.length === 0 && equal === nth) return true;
  const why =
    found.length > 0
      ? found.slice(0, 3).join("; ")
      : `the ${ordinal(equal)} of equal ones, not the ${ordinal(nth)}`;
  appendFileSync(met, `${JSON.stringify(signs.name)} (${why})\n`);
  return false;
}

function ordinal(n: number): string {
  const ending = n % 100 > 10 && n % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}

/** What was printed goes its way first. */
const flushing = 250;

/**
 * Writes the answer, where the person interrupts of what was found, and ends the process: nothing behind it is of interest, and a program may catch
 * what is thrown.
 */
export async function answerFix(request: FixRequest, first: Repeatable): Promise<never> {
  const options: FixOptions = {
    say: (line) => tell(`fix ${line}`),
    ...(request.attempts !== undefined && { attempts: request.attempts }),
  };
  recordElsewhere(undefined);
  const answer: FixAnswer = await patchedFix(first, options)
    .catch((error: unknown) => {
      if (error instanceof FixInterrupted) return error.fix;
      throw error;
    })
    .then(
      (fix) => ({ text: String(fix), fix: fix.toJSON() as FixFound }),
      (error: unknown) => ({
        failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      }),
    );
  writeFileAtomic(request.answer, JSON.stringify(answer));
  await new Promise((done) => setTimeout(done, flushing));
  process.exit("failure" in answer ? 1 : 0);
}

/** What the process wrote; undefined if it ended before. */
export function readAnswer(file: string): FixAnswer | undefined {
  const text = textIfThere(file);
  return text === undefined ? undefined : (JSON.parse(text) as FixAnswer);
}

/** The trainings that were other ones, in their order. */
export function readMet(file: string): string[] {
  return (textIfThere(file) ?? "").split("\n").filter((line) => line !== "");
}
