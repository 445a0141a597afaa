/** Changes of several prescriptions as one. */
import type { Change } from "../doctor/index.js";

export interface Changes {
  readonly fit: NonNullable<Change["fit"]>;
  readonly model: NonNullable<Change["model"]>;
  /** In their order. */
  readonly data: readonly NonNullable<Change["data"]>[];
}

export const noChanges: Changes = { fit: {}, model: {}, data: [] };

/** A later change of one option takes the place of an earlier one. */
export function withChange(changes: Changes, { fit, model, data }: Change): Changes {
  return {
    fit: { ...changes.fit, ...fit },
    model: { ...changes.model, ...model },
    data: data === undefined || changes.data.includes(data) ? changes.data : [...changes.data, data],
  };
}

/** Whether a change is already among them, value by value. */
export function holds(changes: Changes, change: Change): boolean {
  return JSON.stringify(sorted(withChange(changes, change))) === JSON.stringify(sorted(changes));
}

function sorted({ fit, model, data }: Changes): unknown {
  const entries = (options: object) => Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return [entries(fit), entries(model), data];
}
