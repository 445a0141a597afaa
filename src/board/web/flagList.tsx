/** The doctor's verdicts on a chart in words, each opened by mouse or keyboard. */
import { verdictSigns, verdictTitle } from "../verdicts.js";
import type { Flag } from "./flags.js";

export function FlagList({ flags }: { flags: readonly Flag[] }) {
  if (flags.length === 0) return null;
  return (
    <div class="flags">
      {flags.map(({ verdict, runs, x }) => (
        <details key={`${verdict.problem} ${verdict.severity} ${x}`} class={verdict.severity}>
          <summary>
            <span aria-hidden="true">{verdictSigns[verdict.severity]}</span>{" "}
            {verdictTitle(runs.join(", "), verdict)} ({verdict.severity})
          </summary>
          <p>{verdict.message}</p>
          {verdict.advice !== undefined && <p>First: {verdict.advice}.</p>}
        </details>
      ))}
    </div>
  );
}
