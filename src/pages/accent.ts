import { readableAccent } from "../core/tenant/readable-accent.ts";

/** What the accent stands on: `--sheet` of the stylesheet. */
const SHEET = { light: "#ffffff", dark: "#1d1c1a" };

/** A brand's colour as the accent of the stylesheet, readable in either scheme. */
export function accentOf(color: string): string {
  const light = declarations(color, SHEET.light);
  const dark = declarations(color, SHEET.dark);
  return `:root { ${light} } @media (prefers-color-scheme: dark) { :root { ${dark} } }`;
}

function declarations(color: string, sheet: string): string {
  const { accent, onAccent } = readableAccent(color, sheet);
  return `--accent: ${accent}; --on-accent: ${onAccent};`;
}
