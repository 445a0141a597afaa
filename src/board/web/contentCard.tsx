/** A card with a table, with sounds or with texts: what a chart would show worse. */
import { useMemo } from "preact/hooks";
import type { CardContent, SoundsContent, TextsContent } from "../cardContent.js";
import { markdownHtml } from "../markdownHtml.js";
import { CardHead, type Download } from "./cardHead.js";
import { csvText } from "./csvText.js";
import { fileName, saveFile } from "./saveFile.js";
import { SortableTable } from "./sortableTable.js";

export function ContentCard({ content }: { readonly content: CardContent }) {
  const { title, note } = content;
  return (
    <figure
      class="card panel content"
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys act on the card that has the focus
      tabIndex={0}
    >
      <CardHead title={title} downloads={downloadsOf(content)} />
      {note !== undefined && <p class="soft">{note}</p>}
      <Content {...content} />
    </figure>
  );
}

function Content(content: CardContent) {
  if (content.kind === "table") return <SortableTable {...content} />;
  return content.kind === "texts" ? <Texts {...content} /> : <Players {...content} />;
}

function downloadsOf(content: CardContent): Download[] {
  const { title } = content;
  if (content.kind === "table") {
    const { header, rows, seconds = [] } = content.table;
    const plain = rows.map((row) => row.map((cell) => cell ?? ""));
    const named = header.map((name) => (seconds.includes(name) ? `${name} (s)` : name));
    const run = async () => saveFile(fileName(title, "csv"), csvText(named, plain), "text/csv");
    return [{ name: "CSV", run }];
  }
  if (content.kind === "texts")
    return content.texts.map(({ name, markdown }) => {
      const run = async () => saveFile(fileName(`${title} ${name}`, "md"), markdown, "text/markdown");
      return { name: `Markdown ${name}`, run };
    });
  return content.sounds.flatMap(({ name, address }, i) => {
    if (address === undefined) return [];
    const file = fileName(`${title} ${name} ${i + 1}`, "wav");
    return [{ name: `WAV ${name}`, run: async () => saveFile(file, await (await fetch(address)).blob()) }];
  });
}

function Players({ title, sounds }: SoundsContent) {
  return (
    <ul class="sounds">
      {sounds.map(({ name, facts, address }, i) => (
        <li key={i}>
          <span>
            {name}: {facts}
          </span>
          {address !== undefined && (
            // biome-ignore lint/a11y/useMediaCaption: what was recorded has no captions
            <audio controls preload="metadata" src={address} aria-label={`${title}, ${name}: ${facts}`} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Texts({ title, texts }: TextsContent) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys
    <section class="scrolled" tabIndex={0} aria-label={`texts of ${title}`}>
      {texts.map(({ name, markdown }, i) => (
        <article key={i}>
          <p class="soft named">{name}</p>
          <Markdown text={markdown} />
        </article>
      ))}
    </section>
  );
}

/** What `markdownHtml` makes is safe to stand in the page. */
function Markdown({ text }: { readonly text: string }) {
  const html = useMemo(() => ({ __html: markdownHtml(text) }), [text]);
  return <div class="markdown" dangerouslySetInnerHTML={html} />;
}
