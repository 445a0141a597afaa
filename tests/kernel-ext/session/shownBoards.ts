/** The displays of a board that renews itself in its place. */
import { expect } from "vitest";
import type { Received } from "../kernelClient.js";

export const spec = "application/vnd.vegalite.v5+json";

export interface Display {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly id: string;
}

/** The board's displays in the order in which they came. */
export function boards(messages: readonly Received[]): Display[] {
  return messages
    .filter(({ type }) => /^(display_data|update_display_data)$/.test(type))
    .map(({ type, content }) => ({
      type,
      data: content.data as Record<string, unknown>,
      id: (content.transient as { display_id: string }).display_id,
    }))
    .filter(({ data }) => spec in data || String(data["text/plain"]).includes("being drawn"));
}

export function expectOnePlace(shown: readonly Display[]): void {
  expect(shown.map(({ type }) => type)).toEqual(
    shown.map((_, i) => (i === 0 ? "display_data" : "update_display_data")),
  );
  expect(new Set(shown.map(({ id }) => id)).size).toBe(1);
}

/** Its place, while it goes on without pictures, the last one with them. */
export function expectPicturesAtLast(shown: readonly Display[]): void {
  for (const { data } of shown.slice(0, -1)) expect(Object.keys(data)).not.toContain("image/png");
  const last = shown.at(-1)?.data;
  expect(Object.keys(last ?? {})).toEqual(expect.arrayContaining([spec, "image/svg+xml", "image/png"]));
}
