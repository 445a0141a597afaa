/** Makes an element. Text is always set as text: a tag's name is never read as HTML. */

export interface ElementParts {
  readonly text?: string;
  readonly className?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  parts: ElementParts,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (parts.text !== undefined) made.textContent = parts.text;
  if (parts.className !== undefined) made.className = parts.className;
  for (const [key, value] of Object.entries(parts.attributes ?? {})) made.setAttribute(key, value);
  made.append(...(parts.children ?? []));
  return made;
}
