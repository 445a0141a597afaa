/** How much of each part of a board a page carries. */
import type { PictureLimits } from "./packPictures.js";
import type { PageBudget, PartKind } from "./pageBudget.js";
import type { PageRoom } from "./pageRoom.js";

export interface PackLimits {
  readonly budget: PageBudget;
  readonly pictures: PictureLimits;
  readonly rooms: Readonly<Record<PartKind, PageRoom>>;
}
