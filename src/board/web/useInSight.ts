/** Whether an element is in sight, or nearly: charts are drawn only then, and all of them for a print. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

const told = new Map<Element, (inSight: boolean) => void>();
const seen = new WeakSet<Element>();
let prints = false;

/** A print waits for all that are drawn for it. */
const mostPrinted = 400;

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
      if (!prints) told.get(target)?.(isIntersecting);
    }
  },
  { rootMargin: "300px" },
);

/** A browser lays the print out as soon as it has told of it: what is drawn until then needs no timer and no frame. */
function turnPrint(begins: boolean): void {
  prints = begins;
  let left = mostPrinted;
  for (const [element, tell] of told) tell(seen.has(element) || (begins && left-- > 0));
}
addEventListener("beforeprint", () => turnPrint(true));
addEventListener("afterprint", () => turnPrint(false));
matchMedia("print").addEventListener("change", ({ matches }) => turnPrint(matches));

export function useInSight(ref: RefObject<Element | null>): boolean {
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    told.set(element, setInSight);
    observer.observe(element);
    return () => {
      told.delete(element);
      observer.unobserve(element);
    };
  }, [ref]);
  return inSight;
}
