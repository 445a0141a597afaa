/** The panel that says what keys do. */
import { useEffect, useRef } from "preact/hooks";
import { keys } from "./pageKeys.js";

export function KeyHelp({ close }: { close: () => void }) {
  const panel = useRef<HTMLDialogElement>(null);
  useEffect(() => panel.current?.showModal(), []);
  return (
    <dialog ref={panel} aria-label="keys" onClose={close}>
      <h2>Keys</h2>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">Drag over a chart to zoom in: every point of that stretch is loaded.</p>
      <button type="button" onClick={close}>
        close
      </button>
    </dialog>
  );
}
