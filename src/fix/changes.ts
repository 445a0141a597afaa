/** Changes of several prescriptions as one. */
import type { Change, DataChange, Verdict } from "../doctor/index.js";

/** A change of the data that needs no verdict to be read: the rows are those of the training split as it was then. */
export type DataStep = Exclude<DataChange, "removeSuspects"> | { readonly removeRows: readonly number[] };

export interface Changes {
  readonly fit: NonNullable<Change["fit"]>;
  readonly model: NonNullable<Change["model"]>;
  /** In their order. */
  readonly data: readonly DataStep[];
}

export const noChanges: Changes = { fit: {}, model: {}, data: [] };

type Said = Pick<Verdict, "rows">;

/** A later change of one option takes the place of an earlier one. `verdict`: the one that the change is prescribed for. */
export function withChange(changes: Changes, { fit, model, data }: Change, verdict: Said = {}): Changes {
  const step = data === "removeSuspects" ? { removeRows: verdict.rows ?? [] } : data;
  const known = changes.data.map((one) => JSON.stringify(one));
  return {
    fit: { ...changes.fit, ...fit },
    model: { ...changes.model, ...model },
    data: step === undefined || known.includes(JSON.stringify(step)) ? changes.data : [...changes.data, step],
  };
}
