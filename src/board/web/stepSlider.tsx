/** Chooses the step of which a card shows its chart. */
import type { CardSteps } from "../section.js";

export interface StepSliderProps {
  readonly of: CardSteps;
  /** Undefined: the newest, also when others come. */
  readonly chosen: number | undefined;
  choose(step: number | undefined): void;
}

export function StepSlider({ of: { name, steps, of: all }, chosen, choose }: StepSliderProps) {
  const place = chosenPlace(steps, chosen);
  const last = steps.length - 1;
  return (
    <label class="steps">
      step
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={place}
        aria-label={`step of ${name}`}
        aria-valuetext={`step ${steps[place]}, ${place + 1} of ${steps.length}`}
        onInput={({ currentTarget }) => {
          const next = Number(currentTarget.value);
          choose(next === last ? undefined : steps[next]);
        }}
      />
      <output>{steps[place]}</output>
      {all !== undefined && (
        <span class="soft" title="Fewer runs or tags leave room for more steps.">
          {steps.length} of {all.toLocaleString("en-US")} steps
        </span>
      )}
    </label>
  );
}

/** The place of the newest step that is not behind the chosen one: of those that are shown it may have gone. */
export function chosenPlace(steps: readonly number[], chosen: number | undefined): number {
  if (chosen === undefined) return steps.length - 1;
  return Math.max(
    0,
    steps.findLastIndex((step) => step <= chosen),
  );
}
