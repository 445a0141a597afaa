/** The panel that tells of a run what it did not log: configuration, notes, tags, alerts, how it was started and ended. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { PageSource } from "../source/pageSource.js";
import type { Facts, RunDetails } from "../source/runDetails.js";
import { useAnswer } from "./useAnswer.js";

export interface RunPanelProps {
  readonly source: PageSource;
  readonly run: string;
  /** Changes when the run may have. */
  readonly state: string;
  readonly close: () => void;
}

export function RunPanel({ source, run, state, close }: RunPanelProps) {
  const panel = useRef<HTMLDialogElement>(null);
  const { answer, failure } = useAnswer(source, { kind: "details", question: { run }, state });
  useEffect(() => panel.current?.showModal(), []);
  return (
    <dialog ref={panel} class="run" aria-label={`details of ${run}`} onClose={close}>
      <h2>{run}</h2>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer && <Told details={answer} />}
      <button type="button" onClick={close}>
        close
      </button>
    </dialog>
  );
}

function Told({ details: { facts, tags, notes, config, alerts } }: { readonly details: RunDetails }) {
  return (
    <>
      <FactList facts={facts} />
      {tags.length > 0 && (
        <Part title="tags">
          <p>{tags.join(", ")}</p>
        </Part>
      )}
      {notes !== "" && (
        <Part title="notes">
          <p class="notes">{notes}</p>
        </Part>
      )}
      {alerts.length > 0 && (
        <Part title="alerts">
          <ul>
            {alerts.map(({ level, title, text, count, lastAt }) => (
              <li key={`${level} ${title}`}>
                {level}: <b>{title}</b>
                {text !== "" && `: ${text}`}{" "}
                <small class="soft">{count > 1 ? `${count} times, the last at ${lastAt}` : lastAt}</small>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="configuration">
        {config.length > 0 ? <FactList facts={config} /> : <p class="soft">none</p>}
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function FactList({ facts }: { readonly facts: Facts }) {
  return (
    <dl>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
