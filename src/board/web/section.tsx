/** Charts that belong together, under a title by which they are folded away. */
import type { ComponentChildren } from "preact";

export interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly children: ComponentChildren;
}

export function SectionOf({ title, count, children }: SectionProps) {
  return (
    <details open class="section">
      <summary>
        <h2>{title}</h2>
        {count !== undefined && count > 1 && <span class="soft"> {count}</span>}
      </summary>
      <div class="cards">{children}</div>
    </details>
  );
}
