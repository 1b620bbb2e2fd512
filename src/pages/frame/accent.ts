import { readableAccent } from "../../core/tenant/readable-accent.ts";

/** What the accent stands on where that is hardest: `--ground` and `--sheet` of the stylesheet. */
const UNDERNEATH = { light: "#f4f3ef", dark: "#1d1c1a" };

/** A brand's colour as the accent of the stylesheet, readable in either scheme. */
export function accentOf(color: string): string {
  const light = declarations(color, UNDERNEATH.light);
  const dark = declarations(color, UNDERNEATH.dark);
  return `:root { ${light} } @media (prefers-color-scheme: dark) { :root { ${dark} } }`;
}

function declarations(color: string, sheet: string): string {
  const { accent, onAccent } = readableAccent(color, sheet);
  return `--accent: ${accent}; --on-accent: ${onAccent};`;
}
