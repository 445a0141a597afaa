/** A page that carries its data: answers come at once, and nothing ever changes. */
import type { PageData } from "../packedPage.js";
import { answer } from "../source/answer.js";
import type { PageSource } from "../source/pageSource.js";
import { unpackBoard } from "../unpackBoard.js";

export function embeddedSource(page: PageData): PageSource {
  const answered = {
    data: unpackBoard(page),
    settings: page.settings,
    origin: { live: false, thinned: page.thinned, unread: 0 },
  };
  return {
    ask: async (kind, question) => answer(answered, kind, question),
    watch: () => () => {},
  };
}
