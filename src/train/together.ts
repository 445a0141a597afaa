/** Which of the next steps go into one call. */
import type { Place } from "./updates.js";

export interface NextSteps {
  /** Of the i-th step from here. */
  readonly placeOf: (i: number) => Place;
  /** The training has to stand still after the i-th step. */
  readonly pausesAfter: (i: number) => boolean;
}

/** The places of at most `most` steps, none of them sampled, up to the first after which the training pauses. */
export function together(most: number, { placeOf, pausesAfter }: NextSteps): Place[] {
  const places: Place[] = [];
  while (places.length < most) {
    const place = placeOf(places.length);
    if (place.isSampled) break;
    places.push(place);
    if (pausesAfter(places.length - 1)) break;
  }
  return places;
}
