/** Smoothing, axes, the filter of tags, the range of steps, the theme. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { histogramModes, outlierModes } from "../options.js";
import { usualSmoothing } from "../smooth.js";
import type { Catalogue } from "../source/catalogue.js";
import type { SourceState } from "../source/pageSource.js";
import { KindChooser } from "./kindChooser.js";
import { useHeadHeight } from "./useHeadHeight.js";
import type { ChangeView } from "./useView.js";
import { expressionFault, themes, type View } from "./view.js";

export interface ControlsProps {
  readonly catalogue: Catalogue;
  readonly view: View;
  readonly change: ChangeView;
  readonly state: SourceState;
  readonly showHelp: () => void;
}

export function Controls({ catalogue, view, change, state, showHelp }: ControlsProps) {
  const smoothing = view.smoothing ?? usualSmoothing;
  const head = useRef<HTMLElement>(null);
  useHeadHeight(head);
  return (
    <header ref={head}>
      <h1>{catalogue.title || "tunelab board"}</h1>
      {catalogue.live && <LiveMark connected={state.connected} unread={catalogue.unread} />}
      <label>
        smoothing
        <input
          id="smoothing"
          type="range"
          min="0"
          max="0.999"
          step="0.001"
          value={smoothing}
          onInput={(event) => change({ smoothing: Number(event.currentTarget.value) })}
        />
        <output for="smoothing">{view.smoothing === undefined ? "usual" : view.smoothing.toFixed(3)}</output>
      </label>
      <button
        type="button"
        aria-label="reset smoothing"
        title={`back to the usual: ${usualSmoothing}, and none of series of few points`}
        disabled={view.smoothing === undefined}
        onClick={() => change({ smoothing: undefined })}
      >
        reset
      </button>
      <Choice
        name="x axis"
        values={["step", "relative", "wall"]}
        value={view.x}
        chosen={(x) => change({ x })}
      />
      <Choice name="y axis" values={["auto", "linear", "log"]} value={view.y} chosen={(y) => change({ y })} />
      <Choice
        name="outliers"
        values={outlierModes}
        value={view.outliers}
        chosen={(outliers) => change({ outliers })}
      />
      <Choice
        name="histograms"
        values={histogramModes}
        value={view.histograms}
        chosen={(histograms) => change({ histograms })}
      />
      <span class="range">
        <StepField name="from" value={view.from} chosen={(from) => change({ from })} />
        <StepField name="to" value={view.to} chosen={(to) => change({ to })} />
      </span>
      <KindChooser catalogue={catalogue} view={view} change={change} />
      <Expression id="tags" name="tags" value={view.tags} typed={(tags) => change({ tags })} />
      <Choice name="theme" values={themes} value={view.theme} chosen={(theme) => change({ theme })} />
      <button type="button" aria-label="keys" title="keys (?)" onClick={showHelp}>
        ?
      </button>
    </header>
  );
}

function LiveMark({ connected, unread }: { connected: boolean; unread: number }) {
  const text = !connected ? "not connected" : unread > 0 ? `reading, ${unread} runs to go` : "live";
  return (
    <span class={connected ? "live" : "live lost"} role="status">
      {text}
    </span>
  );
}

interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly values: readonly T[];
  readonly value: T;
  readonly chosen: (value: T) => void;
}

export function Choice<T extends string>({ name, values, value, chosen }: ChoiceProps<T>) {
  return (
    <label>
      {name}
      <select value={value} onChange={(event) => chosen(event.currentTarget.value as T)}>
        {values.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

function StepField({
  name,
  value,
  chosen,
}: {
  name: string;
  value: number | undefined;
  chosen: (value: number | undefined) => void;
}) {
  return (
    <label>
      {name}
      <input
        class="step"
        type="number"
        placeholder="step"
        aria-label={`${name} step`}
        value={value ?? ""}
        onChange={(event) => {
          const { value: text } = event.currentTarget;
          chosen(text === "" ? undefined : Number(text));
        }}
      />
    </label>
  );
}

export interface ExpressionProps {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly typed: (text: string) => void;
  readonly children?: ComponentChildren;
}

/** A regular expression; one that is none yet is marked, and filters nothing. */
export function Expression({ id, name, value, typed }: ExpressionProps) {
  const fault = expressionFault(value);
  return (
    <label>
      {name}
      <input
        id={id}
        type="search"
        placeholder="regular expression"
        value={value}
        ref={(input) => {
          input?.setCustomValidity(fault && `This is no regular expression yet: ${fault}.`);
        }}
        onInput={(event) => typed(event.currentTarget.value)}
      />
      {fault !== "" && (
        <small class="fault" role="status">
          no regular expression yet, shows all: {fault}
        </small>
      )}
    </label>
  );
}
