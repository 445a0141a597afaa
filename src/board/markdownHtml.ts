/** Markdown from a run's files as HTML that does nothing by itself: HTML in it is shown as written, no address is loaded. */
import MarkdownIt from "markdown-it";
import { visibleControlsInLines } from "../base/visibleControls.js";

/** Of the title that a text has where it is shown. */
const rankOfTitle = 3;
/** Addresses that a link may open: of the web, of mail, within the page. */
const opened = /^(https?:|mailto:|#)/i;

/** Characters of all links' addresses in one text: each mention of a reference repeats its address. */
const mostAddresses = 100_000;
/** Characters of what a text may become: it holds 20,000 itself, and a table of many columns more cells than that. */
const mostRendered = 400_000;

const markdown = new MarkdownIt();
// Each address is judged where it is written, below: one refused here would be shown with all its characters.
markdown.validateLink = () => true;

markdown.core.ruler.push("lower headings", ({ tokens }) => {
  for (const token of tokens)
    if (token.type === "heading_open" || token.type === "heading_close")
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + rankOfTitle)}`;
});

/** In a page of its own, since the address of a board's page holds what the person has chosen. */
markdown.renderer.rules.link_open = (tokens, place, options, environment, renderer) => {
  const token = tokens[place] as (typeof tokens)[number];
  const address = String(token.attrGet("href") ?? "");
  // What the links of this text have taken so far.
  const spent = Number(environment?.addresses ?? 0) + address.length;
  if (environment) environment.addresses = spent;
  if (spent > mostAddresses) token.attrs = null;
  else if (opened.test(address)) {
    token.attrSet("target", "_blank");
    token.attrSet("rel", "noopener noreferrer");
  } else token.attrs = [["title", address]];
  return renderer.renderToken(tokens, place, options);
};

/** In words: to load it would tell others who looks. */
markdown.renderer.rules.image = (tokens, place, options, environment, renderer) => {
  const words = renderer.renderInlineAsText(tokens[place]?.children ?? [], options, environment);
  return `[${markdown.utils.escapeHtml(words === "" ? "picture" : `picture: ${words}`)}]`;
};

/** With tables and struck-out text, as GitHub has them. Headings begin at the fourth rank. What would swell stays as written. */
export function markdownHtml(text: string): string {
  const html = markdown.render(visibleControlsInLines(text), { addresses: 0 });
  return html.length <= mostRendered
    ? html
    : `<pre>${markdown.utils.escapeHtml(visibleControlsInLines(text))}</pre>\n`;
}
