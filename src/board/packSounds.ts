/** The sounds of runs as a page carries them: what they are, and as many of them to be played as there is room for. */
import type { BoardClip, BoardSounds } from "./boardMedia.js";
import type { PackLimits } from "./packLimits.js";
import { pageBytes } from "./pageBytes.js";
import type { PageRoom } from "./pageRoom.js";
import type { BoardRun } from "./series.js";
import { tagParts } from "./tagParts.js";

type Tagged = readonly [tag: string, found: BoardSounds];

const none: ReadonlySet<BoardClip> = new Set();

/** Of each run. Names have a room of their own; the newest sounds of each tag come first, the others are named only. */
export function packSounds(
  runs: readonly BoardRun[],
  { sounds, soundNames }: PackLimits["rooms"],
): Tagged[][] {
  const named = soundNames.takeInTurn(
    runs.map((run) => tagParts(run, run.media?.audio, namedVersions)),
    ([tag, found]) => pageBytes([tag, withClips(found, none)]),
  );
  const played = playedClips(
    runs.map(({ label }, i) => ({ label, named: named[i] ?? [] })),
    sounds,
  );
  return named.map((tags) => tags.map(([tag, found]) => [tag, withClips(found, played)] as const));
}

/** All that are shown; the first of the newest step. */
function namedVersions({ shown, ...facts }: BoardSounds): BoardSounds[] {
  const newest = shown.slice(0, 1).map(({ step, clips }) => ({ step, clips: clips.slice(0, 1) }));
  return [
    { ...facts, shown },
    { ...facts, shown: newest },
  ];
}

function playedClips(
  runs: readonly { readonly label: string; readonly named: readonly Tagged[] }[],
  room: PageRoom,
): ReadonlySet<BoardClip> {
  const parts = runs.map(({ label, named }) =>
    named.flatMap(([tag, { shown }]) =>
      shown.flatMap(({ clips }) =>
        clips.flatMap((clip) =>
          clip.address === undefined ? [] : [{ name: `${tag} of ${label}`, versions: () => [clip] }],
        ),
      ),
    ),
  );
  return new Set(room.takeInTurn(parts, pageBytes).flat());
}

function withClips({ shown, ...facts }: BoardSounds, played: ReadonlySet<BoardClip>): BoardSounds {
  const clips = (given: readonly BoardClip[]) =>
    given.map((clip) => (played.has(clip) ? clip : { ...clip, address: undefined }));
  return { ...facts, shown: shown.map((one) => ({ ...one, clips: clips(one.clips) })) };
}
