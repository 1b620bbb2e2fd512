import { plainLine } from "../plain-line.ts";

/** How a tenant looks to people. Whatever an operator set, it can do no more than look. */
export interface Brand {
  name: string;
  /** `#rrggbb`; null for the service's own. */
  color: string | null;
  logo: Logo | null;
}

/** An image that the service serves itself: a page loads nothing from elsewhere. */
export interface Logo {
  mediaType: LogoType;
  base64: string;
  /** Another one for another image: browsers keep what they have. */
  version: string;
}

export type LogoType = (typeof LOGO_TYPES)[number];

/** The brand as a tenant has set it. */
export type BrandSettings = Partial<Brand>;

/** What pages look like when the tenant's looks cannot be read. */
export const PLAIN_BRAND: Brand = { name: "Latchkey", color: null, logo: null };

const LOGO_TYPES = ["image/png", "image/svg+xml", "image/webp"] as const;
/** Of the image itself: every page of a new visitor carries it. */
export const LOGO_MAX_BYTES = 8192;
/** In hexadecimal digits of its SHA-256. */
export const LOGO_VERSION_LENGTH = 12;

/** Whether a text is a colour, and nothing else that a stylesheet would read. */
export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** A tenant's brand from what is stored, without what is not as an operator's command writes it. */
export function brandFrom(name: string, { color, logo, ...settings }: BrandSettings): Brand {
  return {
    name: plainLine(settings.name || name) || PLAIN_BRAND.name,
    color: color && isColor(color) ? color : null,
    logo: logo && isLogo(logo) ? logo : null,
  };
}

function isLogo({ mediaType, base64, version }: Logo): boolean {
  return (
    LOGO_TYPES.includes(mediaType) &&
    /^[A-Za-z0-9+/]+={0,2}$/.test(base64) &&
    base64.length <= Math.ceil(LOGO_MAX_BYTES / 3) * 4 &&
    /^[0-9a-f]{1,64}$/.test(version)
  );
}
