/** The view as state that the address mirrors: a change goes into it, and a new address is obeyed. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { BoardSettings } from "../options.js";
import { hashOf, initialView, type View, viewOf } from "./view.js";

export type ChangeView = (change: Partial<View>) => void;

export function useView(settings: BoardSettings | undefined): [View | undefined, ChangeView] {
  const text = settings && JSON.stringify(settings);
  const initial = useMemo(() => (settings ? initialView(settings) : undefined), [text]);
  const [view, setView] = useState<View>();
  useEffect(() => {
    if (!initial) return;
    const read = () => setView(viewOf(location.hash, initial));
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, [initial]);
  useEffect(() => {
    if (!view || !initial) return;
    const hash = hashOf(view, initial);
    // Not at each turn of a slider: browsers allow only so many changes of the address.
    const timer = setTimeout(() => {
      if (location.hash.replace(/^#/, "") !== hash) history.replaceState(history.state, "", `#${hash}`);
    }, 200);
    return () => clearTimeout(timer);
  }, [view, initial]);
  const change = useCallback<ChangeView>((part) => setView((now) => now && { ...now, ...part }), []);
  return [view, change];
}
