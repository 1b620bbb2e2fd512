/** Elements that draw, and lead nowhere. */
const ELEMENTS = new Set([
  ...["svg", "g", "defs", "symbol", "use", "title", "desc", "style"],
  ...["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"],
  ...["linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"],
]);

/** What may stand before the root: no other encoding, in which the same bytes read otherwise. */
const DECLARATION =
  /^\uFEFF?\s*<\?xml version="1\.[01]"(?: encoding="utf-8")?(?: standalone="\w+")?\s*\?>/i;
const COMMENT = /<!--(?:(?!--).)*-->/gs;
/** No part of it matches what another does: whatever is no tag is known after one look at each character. */
const TAG = /<\/?([^\s/<>"']+)(?=[\s/>])((?:"[^"]*"|'[^']*'|[^"'<>])*)>/g;
const ATTRIBUTE = /([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * What an SVG has that is more than a drawing; null for nothing. What is not known to draw counts as
 * more, and so does whatever could be written otherwise than it reads: entities, escapes, CDATA.
 */
export function whatIsActive(svg: string): string | null {
  const drawn = svg.replace(DECLARATION, "").replace(COMMENT, "");
  if (/<[!?]/.test(drawn)) {
    return "a declaration or an instruction";
  }
  if (/&(?!(?:amp|lt|gt|quot|apos);)|\\/.test(drawn)) {
    return "an entity or an escape";
  }
  if (/@import|image-set|url\((?!\s*["']?#)/i.test(drawn)) {
    return "a reference to elsewhere";
  }
  if (/[<>]/.test(drawn.replace(TAG, ""))) {
    return "a tag that does not end";
  }
  const found = [...drawn.matchAll(TAG)].map(([, name = "", rest = ""]) => inTag(name, rest));
  return found.find((active) => active !== null) ?? null;
}

function inTag(name: string, attributes: string): string | null {
  if (!ELEMENTS.has(name)) {
    return `the element <${name}>`;
  }
  if (!/^[\s/]*$/.test(attributes.replace(ATTRIBUTE, ""))) {
    return "an attribute without quotes";
  }
  for (const [, attribute = "", double, single] of attributes.matchAll(ATTRIBUTE)) {
    if (/^on/i.test(attribute)) {
      return `the event handler ${attribute}`;
    }
    if (/(?:^|:)(?:href|src|base)$/i.test(attribute) && !(double ?? single)?.startsWith("#")) {
      return "a reference to elsewhere";
    }
  }
  return null;
}
