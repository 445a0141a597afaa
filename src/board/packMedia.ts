/** What runs hold beside numbers as a page carries it: as much as there is room for. */
import type { BoardFigures, BoardTable, BoardTexts } from "./boardMedia.js";
import { evaluationVersions, fewerSteps } from "./packEvaluations.js";
import type { PackedMedia } from "./packedPage.js";
import type { PackLimits } from "./packLimits.js";
import { limitedPictures } from "./packPictures.js";
import { packSounds } from "./packSounds.js";
import { pageBytes } from "./pageBytes.js";
import type { PageRoom } from "./pageRoom.js";
import { beginningOf, longestText } from "./panels/texts.js";
import type { BoardRun } from "./series.js";
import { tagParts } from "./tagParts.js";

/** Rows of a table that has no room whole. */
const fewRows = 10;
/** Characters of a text that has no room whole. */
const shortText = 300;

/** Of each run; undefined of one of which nothing was asked for. */
export function packMedia(
  runs: readonly BoardRun[],
  { pictures, rooms }: PackLimits,
): (PackedMedia | undefined)[] {
  const take = <Given, Kept>(
    room: PageRoom,
    of: (run: BoardRun) => ReadonlyMap<string, Given> | undefined,
    versions: (given: Given) => readonly Kept[],
  ) =>
    room.takeInTurn(
      runs.map((run) => tagParts(run, of(run), versions)),
      pageBytes,
    );
  const texts = take(rooms.texts, ({ media }) => media?.texts, textVersions);
  const images = take(
    rooms.pictures,
    ({ media }) => media?.images,
    (found) => [limitedPictures(found, pictures)],
  );
  const figures = take(rooms.figures, ({ media }) => media?.figures, figureVersions);
  const evaluations = take(rooms.evaluations, ({ media }) => media?.evaluations, evaluationVersions);
  const curves = take(
    rooms.evaluations,
    ({ media }) => media?.prCurves,
    ({ shown, ...facts }) => fewerSteps(shown).map((part) => ({ ...facts, shown: part })),
  );
  const tables = take(rooms.tables, ({ media }) => media?.tables, tableVersions);
  const audio = packSounds(runs, rooms);
  return runs.map(({ label, media }, i) => {
    if (!media) return undefined;
    const graph = media.graph && rooms.graphs.take(label, [media.graph], pageBytes);
    return {
      texts: texts[i] ?? [],
      images: images[i] ?? [],
      ...(media.figures && { figures: figures[i] ?? [] }),
      ...(media.evaluations && { evaluations: evaluations[i] ?? [] }),
      ...(media.prCurves && { prCurves: curves[i] ?? [] }),
      ...(media.tables && { tables: tables[i] ?? [] }),
      ...(media.audio && { audio: audio[i] ?? [] }),
      ...(graph && { graph }),
    };
  });
}

/** All that are shown, the newest, its beginning. */
function textVersions({ shown, ...facts }: BoardTexts): BoardTexts[] {
  const cut = (count: number, most: number) =>
    shown.slice(0, count).map(({ step, text }) => ({ step, text: beginningOf(text, most) }));
  const versions = [cut(shown.length, longestText), cut(1, longestText), cut(1, shortText)];
  return versions.map((texts) => ({ ...facts, shown: texts }));
}

function figureVersions(found: BoardFigures): BoardFigures[] {
  return [found, { ...found, shown: found.shown.slice(0, 1) }];
}

function tableVersions(table: BoardTable): BoardTable[] {
  return [table, { ...table, rows: table.rows.slice(0, fewRows) }];
}
