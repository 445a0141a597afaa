/** A card's title, and what one can do with it. */
import { useState } from "preact/hooks";

export interface Download {
  /** Such as `SVG`. */
  readonly name: string;
  run(): Promise<void>;
}

export interface CardHeadProps {
  readonly title: string;
  readonly downloads: readonly Download[];
  readonly pinned?: boolean;
  readonly togglePin?: () => void;
  readonly big?: boolean;
  readonly toggleBig?: () => void;
  readonly resetZoom?: () => void;
}

export function CardHead(props: CardHeadProps) {
  const { title, downloads, pinned, togglePin, big, toggleBig, resetZoom } = props;
  return (
    <div class="head">
      <h3 title={title}>{title}</h3>
      <span class="tools">
        {resetZoom && (
          <button
            type="button"
            data-act="reset"
            aria-label={`reset the zoom of ${title}`}
            title="show all again (z)"
            onClick={resetZoom}
          >
            reset
          </button>
        )}
        {togglePin && (
          <Toggle
            act="pin"
            pressed={pinned ?? false}
            of={title}
            title="pin to the top (p)"
            turn={togglePin}
          />
        )}
        {toggleBig && (
          <Toggle act="enlarge" pressed={big ?? false} of={title} title="enlarge (e)" turn={toggleBig} />
        )}
        <Downloads title={title} downloads={downloads} />
      </span>
    </div>
  );
}

interface ToggleProps {
  /** What it does, as it says. */
  readonly act: string;
  readonly pressed: boolean;
  /** The chart's title: a page has many such buttons. */
  readonly of: string;
  readonly title: string;
  readonly turn: () => void;
}

function Toggle({ act, pressed, of, title, turn }: ToggleProps) {
  return (
    <button
      type="button"
      data-act={act}
      aria-pressed={pressed}
      aria-label={`${act} ${of}`}
      title={title}
      onClick={turn}
    >
      {act}
    </button>
  );
}

function Downloads({ title, downloads }: Pick<CardHeadProps, "title" | "downloads">) {
  const [failure, setFailure] = useState<string>();
  return (
    <details class="downloads">
      <summary aria-label={`download ${title}`} title="download">
        ↓
      </summary>
      <span class="menu">
        {downloads.map(({ name, run }) => (
          <button
            key={name}
            type="button"
            onClick={(event) => {
              event.currentTarget.closest("details")?.removeAttribute("open");
              run().then(
                () => setFailure(undefined),
                (error: Error) => setFailure(error.message),
              );
            }}
          >
            {name}
          </button>
        ))}
        {failure !== undefined && <span role="alert">{failure}</span>}
      </span>
    </details>
  );
}
