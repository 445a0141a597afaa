/** The doctor's verdicts on a chart in words, each opened by mouse or keyboard. */
import { flagsWithRoom } from "../verdictFlags.js";
import { verdictSigns, verdictTitle } from "../verdicts.js";
import type { Flag } from "./flags.js";

export function FlagList({ flags }: { flags: readonly Flag[] }) {
  if (flags.length === 0) return null;
  const { shown, rest } = flagsWithRoom(flags);
  return (
    <div class="flags">
      {[...shown, ...rest].map(({ verdict, runs, x }) => (
        <details
          key={`${verdict.problem} ${verdict.severity} ${x} ${runs.join(" ")}`}
          class={verdict.severity}
        >
          <summary>
            <span aria-hidden="true">{verdictSigns[verdict.severity]}</span>{" "}
            {verdictTitle(runs.join(", "), verdict)} ({verdict.severity}
            {verdict.follows !== undefined && `, follows from ${verdict.follows}`})
          </summary>
          <p>{verdict.message}</p>
          {verdict.advice !== undefined && <p>First: {verdict.advice}.</p>}
        </details>
      ))}
    </div>
  );
}
