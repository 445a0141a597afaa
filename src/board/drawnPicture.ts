/** A picture of a run, small. */
import type { StoredBytes } from "../track/storedBytes.js";
import { pictureSide, type Thumbnail } from "./boardMedia.js";
import { thumbnail } from "./render/thumbnail.js";

/** What was made small once is kept while the run is: a live board shows it again and again. */
const made = new WeakMap<StoredBytes, { readonly thumbnail: Thumbnail | undefined }>();

/** Undefined for what is no PNG, JPEG or GIF. */
export function drawnPicture(
  stored: StoredBytes,
  size: { readonly width: number; readonly height: number },
): Thumbnail | undefined {
  const known = made.get(stored) ?? { thumbnail: thumbnail(stored.bytes(), size, pictureSide) };
  made.set(stored, known);
  return known.thumbnail;
}
