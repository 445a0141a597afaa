/** A picture as it stands in a drawing: small enough for a notebook to carry. */
import { Resvg } from "@resvg/resvg-js";
import type { Thumbnail } from "../boardMedia.js";

/** Bytes up to which a picture is carried as it is. */
const small = 6_000;

/**
 * @param bytes a PNG, JPEG or GIF file of `width` × `height` pixels
 * @param side pixels of the longer side in the drawing
 * @returns undefined if the bytes are no such file
 */
export function thumbnail(
  bytes: Uint8Array,
  size: { readonly width: number; readonly height: number },
  side: number,
): Thumbnail | undefined {
  const kind = kindOf(bytes);
  const longer = Math.max(size.width, size.height);
  if (!kind || !(longer >= 1)) return undefined;
  const width = Math.max(1, Math.round((size.width * side) / longer));
  const height = Math.max(1, Math.round((size.height * side) / longer));
  const whole = addressOf(kind, bytes);
  if (bytes.length <= small || longer <= side) return { address: whole, width, height };
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${whole}" width="${width}" height="${height}" preserveAspectRatio="none"/></svg>`;
  return { address: addressOf("png", new Resvg(drawing).render().asPng()), width, height };
}

function addressOf(kind: string, bytes: Uint8Array): string {
  return `data:image/${kind};base64,${Buffer.from(bytes).toString("base64")}`;
}

function kindOf(bytes: Uint8Array): "png" | "jpeg" | "gif" | undefined {
  const begin = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  if (begin === "\x89PNG") return "png";
  if (begin.startsWith("\xff\xd8\xff")) return "jpeg";
  return begin === "GIF8" ? "gif" : undefined;
}
