/** Records of a journal, as short as tests want to write them. */
import type { JournalRecord } from "../../../src/sweep/journalRecord.js";
import type { Parameters } from "../../../src/sweep/space.js";
import type { TrialState } from "../../../src/sweep/trialRecord.js";

export const ask = (
  trial: number,
  { attempt = 1, params = {} as Parameters, sees = 0 } = {},
): JournalRecord => ({ type: "ask", trial, attempt, time: 0, params, sees });

export const report = (trial: number, step: number, value: number, attempt = 1): JournalRecord => ({
  type: "report",
  trial,
  attempt,
  time: 0,
  step,
  value,
});

export const tell = (
  trial: number,
  state: Exclude<TrialState, "running"> = "complete",
  { attempt = 1, value = trial } = {},
): JournalRecord => ({ type: "tell", trial, attempt, time: 1, state, value });
