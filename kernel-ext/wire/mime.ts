/** Rich output as Jupyter carries it. */

/** MIME type → content. Binary content is base64 text; JSON types carry the value itself. */
export type MimeBundle = Record<string, unknown>;

/** Something shown that can be shown anew in its place. The last update is always delivered. */
export interface Shown {
  update(bundle: MimeBundle): void;
}
