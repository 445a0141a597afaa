/** Pictures of a run that have labels: beside the pictures of a tag T stands a table T/labels, a row a picture. */
import type { ImagePoint, TablePoint } from "../track/runMedia.js";
import type { BoardPictures, PictureLabel } from "./boardMedia.js";
import { drawnPicture } from "./drawnPicture.js";

/** Most that are shown. */
const most = 25;

/** The newest step; undefined if its pictures have no labels. */
export function labelledPictures(
  points: readonly ImagePoint[],
  tables: readonly TablePoint[] = [],
): BoardPictures | undefined {
  const newest = points.at(-1);
  const labels = newest && labelsOf(tables.findLast(({ step }) => step === newest.step));
  if (!newest || labels?.length !== newest.images.length) return undefined;
  return {
    shown: [
      {
        step: newest.step,
        pictures: newest.images.slice(0, most).map((stored) => drawnPicture(stored, newest)),
        labels: labels.slice(0, most),
      },
    ],
    count: points.length,
    most: newest.images.length,
    size: `${newest.width} × ${newest.height} px`,
  };
}

/** Undefined for a table of something else. */
function labelsOf(point: TablePoint | undefined): PictureLabel[] | undefined {
  if (!point) return undefined;
  const { columns, rows } = point.table.read();
  const [truth, predicted, probability] = ["true", "predicted", "probability"].map((name) =>
    columns.indexOf(name),
  ) as [number, number, number];
  if (Math.min(truth, predicted, probability) < 0) return undefined;
  return rows.map((row) => ({
    truth: String(row[truth]),
    predicted: String(row[predicted]),
    probability: Number(row[probability]),
  }));
}
