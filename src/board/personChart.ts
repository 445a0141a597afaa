/** Charts that a person's code gives, in Vega-Lite or Vega: in the client's theme, and as still pictures. */
import { sharpest } from "./bundle.js";
import type { Spec } from "./inlineData.js";
import { inLook, type Look, pageLook, stillLook } from "./look.js";
import { neutral } from "./palette.js";
import { type Grammar, renderSvg } from "./render/svg.js";
import { wrongMark } from "./wrongMark.js";

export interface PersonChart {
  /** What the client draws. */
  readonly spec: Spec;
  /** Left out where it would be larger than a notebook should hold. */
  readonly svg?: string;
  /** Base64. */
  readonly png?: string;
  /** Why there are no pictures. */
  readonly trouble?: string;
  /** One sentence about what no client can draw either, and says less of. */
  readonly mistake?: string;
}

const mostSvg = 2_000_000;
const mostPng = 2_000_000;
/** Of a chart as wide as the page, which a picture has none of. */
const pageWidth = 600;

/**
 * A chart that says its background, or a theme, is left as it is; another follows the client's, as boards do, and is
 * black on white in pictures. Never throws: what cannot be drawn here a client may still draw.
 *
 * @param json of the specification, since it comes from another thread's objects
 */
export async function personChart(json: string, grammar: Grammar): Promise<PersonChart> {
  const given = JSON.parse(json) as Spec;
  const isOwn = hasOwnGround(given);
  const spec = isOwn ? given : inLook(withLook(given, pageLook, grammar), pageLook);
  try {
    // Of its own: Vega writes into the records it draws.
    const still = JSON.parse(json) as Spec;
    if (still.width === "container") still.width = pageWidth;
    const svg = await renderSvg(
      isOwn ? still : inLook(withLook(still, stillLook, grammar), stillLook),
      grammar,
    );
    const isSmall = Buffer.byteLength(svg) <= mostSvg;
    return { spec, ...(isSmall && { svg }), png: sharpest(svg, mostPng) };
  } catch (error) {
    const mistake = wrongMark(given, grammar);
    if (mistake !== undefined) return { spec, trouble: mistake, mistake };
    const message = error instanceof Error ? error.message : String(error);
    return { spec, trouble: message.replace(/^draw board: /, "") };
  }
}

function hasOwnGround({ background, config, usermeta }: Spec): boolean {
  const embed = part(part(usermeta).embedOptions);
  const isRead = config === undefined || (config !== null && typeof config === "object");
  return !isRead || (background ?? part(config).background ?? embed.theme) !== undefined;
}

/** What a board sets on its marks by itself: texts and rules are black else; and a frame, which boards have none of. */
function withLook(spec: Spec, { ink }: Look, grammar: Grammar): Spec {
  const own = part(spec.config);
  const [text, rule] =
    grammar === "vega" ? [{ fill: ink }, { stroke: ink }] : [{ color: ink }, { color: ink }];
  const config = {
    ...own,
    text: { ...text, ...part(own.text) },
    rule: { ...rule, ...part(own.rule) },
    ...(grammar === "vega-lite" && { view: { stroke: neutral, strokeOpacity: 0.3, ...part(own.view) } }),
  };
  return { ...spec, config };
}

function part(value: unknown): Spec {
  return value !== null && typeof value === "object" ? (value as Spec) : {};
}
