/** Whether an element is in sight, or nearly: charts are drawn only then. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

const told = new WeakMap<Element, (inSight: boolean) => void>();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting);
  },
  { rootMargin: "300px" },
);

export function useInSight(ref: RefObject<Element | null>): boolean {
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    told.set(element, setInSight);
    observer.observe(element);
    return () => observer.unobserve(element);
  }, [ref]);
  return inSight;
}
