/** The least contrast of text: WCAG 2.2 §1.4.3, with a little to spare. */
const CONTRAST = 4.7;
/** What the accent stands on: `--sheet` of the stylesheet. */
const SHEET = { light: "#ffffff", dark: "#1d1c1a" };
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

type Rgb = readonly [red: number, green: number, blue: number];

/**
 * A brand's colour as the accent of the stylesheet. In either scheme it is moved towards black or
 * white for as long as people could not read it.
 */
export function accentOf(color: string): string {
  const light = declarations(readable(parse(color), parse(SHEET.light), BLACK));
  const dark = declarations(readable(parse(color), parse(SHEET.dark), WHITE));
  return `:root { ${light} } @media (prefers-color-scheme: dark) { :root { ${dark} } }`;
}

function declarations(accent: Rgb): string {
  const on = contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK;
  return `--accent: rgb(${accent.join(" ")}); --on-accent: rgb(${on.join(" ")});`;
}

function readable(color: Rgb, ground: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, towards, share);
    if (contrast(mixed, ground) >= CONTRAST) {
      return mixed;
    }
  }
  return towards;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

/** WCAG 2.2, "contrast ratio". */
function contrast(a: Rgb, b: Rgb): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(hex: string): Rgb {
  const number = Number.parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
