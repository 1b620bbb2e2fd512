import type { Letter } from "../core/mail/letter.ts";
import type { Draft, Part } from "./draft.ts";
import { escapeHtml } from "./escape-html.ts";
import { darkStyle, type Looks, looksOf } from "./looks.ts";

/**
 * A letter as a document that loads nothing. What it looks like stands at each element, for programs
 * that drop the style sheet; the sheet only adds the dark scheme.
 */
export function asHtml(
  { subject, parts }: Draft,
  { brand, language }: Letter,
  direction: string,
): string {
  const looks = looksOf(brand);
  const name = escapeHtml(brand.name);
  const title = escapeHtml(subject);
  return [
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    `<title>${title}</title><style>${darkStyle(brand)}</style></head>`,
    `<body class="ground" style="${looks.body}">`,
    `<div style="${looks.preview}">${escapeHtml(preview(parts))}</div>`,
    `<div style="${looks.column}">`,
    `<p class="quiet" style="${looks.brand}">${name}</p>`,
    `<div class="sheet" style="${looks.sheet}">`,
    `<h1 style="${looks.heading}">${title}</h1>`,
    ...parts.map((part) => element(part, looks)),
    "</div></div></body></html>",
    "",
  ].join("\n");
}

function element(part: Part, looks: Looks): string {
  if ("text" in part) {
    return `<p style="${looks.text}">${escapeHtml(part.text)}</p>`;
  }
  if ("code" in part) {
    const look = part.isLong ? looks.longCode : looks.code;
    return `<p class="code" style="${look}">${escapeHtml(part.code)}</p>`;
  }
  if ("link" in part) {
    const url = escapeHtml(part.link);
    return [
      `<p style="${looks.text}"><a class="button" href="${url}" style="${looks.button}">${escapeHtml(part.label)}</a></p>`,
      `<p class="quiet" style="${looks.small}">${url}</p>`,
    ].join("\n");
  }
  return `<p class="quiet origin" style="${looks.origin}">${escapeHtml(part.origin)}</p>`;
}

/**
 * What a list of mails shows of a letter, instead of its beginning: never a code or link, since phones
 * show it while they are locked.
 */
function preview(parts: readonly Part[]): string {
  return parts
    .flatMap((part) => ("text" in part ? [part.text] : "origin" in part ? [part.origin] : []))
    .join(" ");
}
