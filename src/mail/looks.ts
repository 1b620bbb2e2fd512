import type { Brand } from "../core/tenant/brand.ts";
import { type Accent, readableAccent } from "../core/tenant/readable-accent.ts";

interface Palette {
  ground: string;
  sheet: string;
  ink: string;
  quiet: string;
  hair: string;
  /** Where the brand has no colour. */
  accent: Accent;
}

/** Those of the pages. */
const LIGHT: Palette = {
  ground: "#f4f3ef",
  sheet: "#ffffff",
  ink: "#1d1c1a",
  quiet: "#5c5952",
  hair: "#dedad1",
  accent: { accent: "#0b5a54", onAccent: "#ffffff" },
};
const DARK: Palette = {
  ground: "#131312",
  sheet: "#1d1c1a",
  ink: "#f1efe9",
  quiet: "#b5b0a5",
  hair: "#383631",
  accent: { accent: "#74d3c7", onAccent: "#06211e" },
};

export type Looks = ReturnType<typeof looksOf>;

/** What stands in the `style` of each kind of element. */
export function looksOf({ color }: Brand) {
  const { ground, sheet, ink, quiet, hair, accent: own } = LIGHT;
  const { accent, onAccent } = color === null ? own : readableAccent(color, sheet);
  const code = `margin:0 0 16px;background:${ground};border-radius:10px;text-align:center`;
  const monospace = "ui-monospace,SFMono-Regular,Consolas,monospace";
  return {
    body: `margin:0;padding:24px 12px;background:${ground};color:${ink};font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif`,
    preview:
      "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all",
    column: "max-width:34em;margin:0 auto",
    brand: `margin:0 0 12px;padding:0 4px;color:${quiet};font-size:15px;font-weight:600`,
    sheet: `padding:26px 24px 12px;background:${sheet};border:1px solid ${hair};border-top:4px solid ${accent};border-radius:14px;overflow-wrap:anywhere`,
    heading: "margin:0 0 16px;font-size:22px;line-height:1.25;font-weight:700",
    text: "margin:0 0 16px",
    code: `${code};padding:16px 8px 16px 18px;font:700 32px/1.2 ${monospace};letter-spacing:10px`,
    // On one line of a narrow phone.
    longCode: `${code};padding:16px 0;font:700 21px/1.4 ${monospace};letter-spacing:1px`,
    button: `display:inline-block;padding:13px 22px;background:${accent};color:${onAccent};border-radius:9px;font-weight:600;text-decoration:none`,
    small: `margin:0 0 16px;color:${quiet};font-size:13px;word-break:break-all`,
    origin: `margin:0 0 16px;padding:10px 0;border-top:1px solid ${hair};border-bottom:1px solid ${hair};color:${quiet};font-size:14px`,
  };
}

/** The dark scheme, over what stands at the elements. */
export function darkStyle({ color }: Brand): string {
  const { ground, sheet, ink, quiet, hair, accent: own } = DARK;
  const { accent, onAccent } = color === null ? own : readableAccent(color, sheet);
  const rules = [
    `.ground,.code{background:${ground}!important;color:${ink}!important}`,
    `.sheet{background:${sheet}!important;border-color:${accent} ${hair} ${hair}!important}`,
    `.quiet{color:${quiet}!important}`,
    `.origin{border-color:${hair}!important}`,
    `.button{background:${accent}!important;color:${onAccent}!important}`,
  ];
  return `:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${rules.join("")}}`;
}
