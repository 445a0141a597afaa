/** What a page shows better than as a chart: a table that can be marked and copied, sounds that can be played, Markdown. */
import type { Table } from "../base/table.js";

export type CardContent = TableContent | SoundsContent | TextsContent;

interface CardFacts {
  readonly title: string;
  /** What is left out. */
  readonly note: string | undefined;
}

export interface TableContent extends CardFacts {
  readonly kind: "table";
  readonly table: Table;
}

export interface SoundsContent extends CardFacts {
  readonly kind: "sounds";
  readonly sounds: readonly {
    readonly name: string;
    readonly facts: string;
    /** A `data:` address; undefined for what cannot be played. */
    readonly address: string | undefined;
  }[];
}

export interface TextsContent extends CardFacts {
  readonly kind: "texts";
  readonly texts: readonly { readonly name: string; readonly markdown: string }[];
}
