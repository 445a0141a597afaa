/** Trainings of a fix side by side. */
import { shortNumber } from "../base/table.js";
import type { Prescription } from "../doctor/index.js";
import type { FixAttempt, FixFacts, FixFailure, FixState } from "./fixFacts.js";
import { gainOf, isComparable } from "./gain.js";

/** What is shown of a fix. */
export interface FixCard {
  readonly headline: string;
  readonly cured: boolean;
  readonly improved: boolean;
  readonly before: FixState;
  readonly after: FixState;
  readonly attempts: readonly FixAttempt[];
  readonly failed: readonly FixFailure[];
  readonly applied: readonly Prescription[];
  readonly advice: FixFacts["advice"];
  readonly patchFile: string | undefined;
  readonly patchCommand: string | undefined;
}

/** The first training and those that were tried, a column each. */
export function comparison(fix: FixCard): { header: string[]; rows: (string | undefined)[][] } {
  const states = [fix.before, ...fix.attempts];
  const names = ["before", ...fix.attempts.map(numberText)];
  const marked = states.map((state, i) =>
    state.dir === fix.after.dir && fix.improved ? `${names[i]} ✓` : names[i],
  );
  const metric = fix.before.outcome?.metric ?? fix.after.outcome?.metric ?? "loss";
  return {
    header: ["", ...(marked as string[])],
    rows: [
      ["verdict", ...states.map(({ diagnosis }) => diagnosis.headline)],
      [metric, ...states.map((state) => outcomeCell(state, { first: fix.before, metric }))],
      ["run", ...states.map(({ diagnosis }) => diagnosis.id)],
    ],
  };
}

/** What is said below of values with an asterisk; undefined where there are none. */
function incomparable({ before, attempts }: FixCard): string | undefined {
  return attempts.some((attempt) => isOfAnother(attempt, before))
    ? "* of other rows, or of another loss or target: not to be compared with what was before"
    : undefined;
}

function isOfAnother(state: FixState, first: FixState): boolean {
  return state.outcome !== undefined && first.outcome !== undefined && !isComparable(state, first);
}

function outcomeCell(
  state: FixState,
  { first, metric }: { readonly first: FixState; readonly metric: string },
): string | undefined {
  const { outcome } = state;
  if (!outcome) return undefined;
  const text = outcome.value.toPrecision(4);
  const { accuracy, leastRecall } = outcome;
  const beside = [
    ...(accuracy === undefined ? [] : [`accuracy ${accuracy.toPrecision(3)}`]),
    ...(leastRecall === undefined ? [] : [`least recall ${leastRecall.toPrecision(2)}`]),
  ].map((one) => `, ${one}`);
  const named = `${outcome.metric === metric ? text : `${outcome.metric} ${text}`}${beside.join("")}`;
  return isOfAnother(state, first) ? `${named} *` : named;
}

/** What each training had that the one it began from had not. */
export function triedTexts({ attempts }: FixCard): string[] {
  return attempts.map((attempt) => `${numberText(attempt)}: ${attempt.prescription.text}`);
}

/** That a training minimised another loss than the first; undefined where it did not. */
export function otherLoss({ loss, changes }: FixState, first: FixState): string | undefined {
  if (loss === undefined || first.loss === undefined || loss === first.loss) return undefined;
  const why = changes.fit.loss === undefined ? ", which fit takes for the changed model," : "";
  return `its loss is ${loss}${why} and not ${first.loss} as before`;
}

/** Of each such training a line. */
function otherLossTexts({ before, attempts }: FixCard): string[] {
  return attempts.flatMap((attempt) => {
    const text = otherLoss(attempt, before);
    return text === undefined ? [] : [`${numberText(attempt)}: ${text}`];
  });
}

/** Of each training that measured more than the one that was kept, why it was not. */
function preferenceTexts({ attempts, after, before }: FixCard): string[] {
  const kept = attempts.find(({ dir }) => dir === after.dir);
  const name = after === before || !kept ? "what was before" : numberText(kept);
  return attempts.flatMap((attempt) => {
    const [now, best] = [attempt.outcome, after.outcome];
    if (attempt === kept || attempt.probe || !now || !best) return [];
    if (!isComparable(attempt, after) || !(now.score > best.score)) return [];
    const why =
      gainOf(attempt, after) === "better"
        ? "but it leaves more alarms, or is within reach of guessing"
        : "but not by more than chance may bring";
    return [`${numberText(attempt)} is not preferred to ${name}: its ${now.metric} is better, ${why}`];
  });
}

/** Of each training that gave back the weights of an epoch before its last, which one the value is of. */
function keptEpochTexts({ before, attempts }: FixCard): string[] {
  const text = ({ outcome }: FixState, name: string) =>
    outcome?.kept === undefined
      ? []
      : [
          `${name}: its ${outcome.metric} is that of epoch ${outcome.kept.epoch}, whose weights were kept; the last one had ${outcome.kept.last.toPrecision(4)}`,
        ];
  return [...text(before, "before"), ...attempts.flatMap((attempt) => text(attempt, numberText(attempt)))];
}

/** Of each training that the changed program does not repeat to the digit, why. */
function otherStartTexts({ attempts }: FixCard): string[] {
  return attempts.flatMap((attempt) =>
    attempt.otherStart === undefined
      ? []
      : [
          `${numberText(attempt)}: the changed program will give somewhat other numbers: ${attempt.otherStart}`,
        ],
  );
}

/** Of each training whose targets a fix scaled, in which unit its loss stands there. */
function unitTexts({ attempts }: FixCard): string[] {
  return attempts.flatMap((attempt) => {
    const { metric, scaledBy, otherUnit } = attempt.outcome ?? {};
    const of = `${numberText(attempt)}: its ${metric} is that of scaled targets`;
    if (scaledBy !== undefined)
      return [`${of}, times ${shortNumber(scaledBy, 4)}: in the unit that they had`];
    return otherUnit === undefined
      ? []
      : [`${of}, and cannot be told in the unit that they had: ${otherUnit}`];
  });
}

/** Of each training whose `data.json` cannot be read, why, and what is not judged of it by that. */
export function unreadTexts({ before, attempts }: Pick<FixCard, "before" | "attempts">): string[] {
  return [
    ...unreadText(before, { of: "the first training", left: "whether its labels can be learnt at all" }),
    ...attempts.flatMap((attempt) => {
      const left = "whether it answers better than by guessing";
      return unreadText(attempt, { of: `training ${numberText(attempt)}`, left });
    }),
  ];
}

function unreadText(
  { unread, diagnosis }: FixState,
  { of, left }: { readonly of: string; readonly left: string },
): string[] {
  if (unread === undefined) return [];
  const rules = diagnosis.outcomes.filter(({ missing }) => missing?.includes(unread));
  const open = [...rules.map(({ problem }) => problem), left].join(", ");
  return [`data.json of ${of} could not be read (${unread}), so of it are not judged: ${open}`];
}

/** What there is to say below the table, a sentence each. */
export function noteTexts(fix: FixCard): string[] {
  const note = incomparable(fix);
  return [
    ...(note === undefined ? [] : [note]),
    ...preferenceTexts(fix),
    ...keptEpochTexts(fix),
    ...unitTexts(fix),
    ...otherLossTexts(fix),
    ...otherStartTexts(fix),
    ...unreadTexts(fix),
  ];
}

/** Trainings that threw, and what. */
export function failedTexts({ failed }: FixCard): string[] {
  return failed.map(({ number, prescription: { text }, why }) => `${number}: ${text}: ${why}`);
}

function numberText({ number, probe }: FixAttempt): string {
  return `${number}${probe ? " (probe)" : ""}`;
}
