/** A card with a table or with sounds: what a chart would show worse. */
import type { CardContent, SoundsContent } from "../cardContent.js";
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
      {content.kind === "table" ? <SortableTable {...content} /> : <Players {...content} />}
    </figure>
  );
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
