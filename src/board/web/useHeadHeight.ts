/** Tells the style sheet how high the head is: what stays in sight while scrolling begins below it. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

export function useHeadHeight(head: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = head.current;
    if (!element) return;
    const tell = () =>
      document.documentElement.style.setProperty("--head", `${Math.ceil(element.offsetHeight)}px`);
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}
