/** One training of a fix, and what came of it. */
import { balancedAccuracy } from "../base/recallMetrics.js";
import { sum } from "../base/sum.js";
import { diagnose } from "../doctor/index.js";
import { fixCopyName, readRun } from "../track/index.js";
import { type Changes, noChanges } from "./changes.js";
import type { FixState } from "./fixFacts.js";
import { beyondGuessing } from "./guessing.js";
import { inOriginalUnit } from "./originalUnit.js";
import { outcomeOf } from "./outcome.js";
import { type RecordedTargets, recordedTargets } from "./recordedTargets.js";
import type { Repeatable } from "./repeatable.js";
import { taughtLoss } from "./taughtLoss.js";

/** Trainings shorter than this are done whole at once. */
const probeSeconds = 10;
/** Share of the epochs that a probe has, and its least number. */
const probe = { share: 0.25, epochs: 3 } as const;

export interface Tried extends FixState {
  /** It was given up after a few epochs, since they had the same problem. */
  readonly probe: boolean;
}

/** How the trainings of a fix are looked at. */
export interface Look {
  readonly first: Repeatable;
  /** Every class counts as much as another: an accuracy says nothing of classes that have hardly any rows. */
  readonly balanced: boolean;
}

/** The first training as a fix sees it, and how its copies are looked at. */
export function beginning(first: Repeatable): { readonly before: FixState; readonly how: Look } {
  const before = stateOf(first.dir, { first, balanced: false }, noChanges);
  const roots = before.diagnosis.verdicts.filter(({ follows }) => follows === undefined);
  if (!roots.some(({ problem, severity }) => problem === "ClassImbalance" && severity !== "info"))
    return { before, how: { first, balanced: false } };
  const state = stateOf(first.dir, { first, balanced: true }, noChanges);
  // A run of an older version has no recalls, and copies are compared with it.
  return { before: state, how: { first, balanced: state.outcome?.metric === balancedAccuracy } };
}

/** Where trainings are long a short one first, which is given up if the problem is there still. */
export async function tryOut(
  how: Look,
  {
    changes,
    number,
    problem,
    say,
  }: {
    readonly changes: Changes;
    readonly number: number;
    readonly problem: string;
    readonly say: (line: string) => void;
  },
): Promise<Tried> {
  const { first } = how;
  const epochs = Math.max(probe.epochs, Math.ceil(first.epochs * probe.share));
  if (first.seconds >= probeSeconds && 2 * epochs <= first.epochs) {
    const dir = await first.repeat(changes, { name: fixCopyName(number, { isProbe: true }), epochs });
    const short = stateOf(dir, how, changes);
    const { top } = short.diagnosis;
    if (top?.problem === problem && top.severity === "error") return { ...short, probe: true };
    say(`  ${epochs} of ${first.epochs} epochs: ${problem} is gone, so all of them`);
  }
  const state = stateOf(await first.repeat(changes, { name: fixCopyName(number) }), how, changes);
  const nearest = state.diagnosis.top ? undefined : first.attainable(changes);
  const start = await first.otherStart(changes);
  return {
    ...state,
    ...(nearest !== undefined && { nearest }),
    ...(start !== undefined && { otherStart: start }),
    probe: false,
  };
}

function stateOf(dir: string, { first, balanced }: Look, changes: Changes): FixState {
  const run = readRun(dir);
  const measured = outcomeOf(run, first.keptBy(changes), { balanced });
  const loss = taughtLoss(run);
  const { targets, unread } = recordedTargets(run);
  const rows = validationRows(targets);
  return {
    dir,
    changes,
    diagnosis: diagnose(run),
    outcome: inOriginalUnit(measured, { run, loss, deviations: first.targetDeviations(changes) }),
    loss,
    beyondGuessing: beyondGuessing(run, measured),
    ...(rows !== undefined && { validationRows: rows }),
    ...(unread !== undefined && { unread }),
  };
}

function validationRows(targets: RecordedTargets["targets"]): number | undefined {
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== "classes") return undefined;
  const { validation } = target.counts ?? {};
  return validation && sum(validation);
}
