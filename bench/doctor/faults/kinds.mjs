// What a made-up run is of, as the injections ask.

export const isImage = ({ data }) => ["mnist", "fashion"].includes(data.of);

export const classifies = ({ data }) => data.of !== "waves";

/** Of a run that classifies. */
export function classesOf({ data }) {
  if (isImage({ data })) return 10;
  return data.centers?.length ?? data.classes ?? 2;
}
