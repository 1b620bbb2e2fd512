/** How a tenant looks to people. Whatever an operator set, it can do no more than look. */
export interface Brand {
  name: string;
  /** `#rrggbb`; null for the service's own. */
  color: string | null;
  logo: Logo | null;
}

/** An image that the service serves itself: a page loads nothing from elsewhere. */
export interface Logo {
  mediaType: "image/png" | "image/svg+xml" | "image/webp";
  base64: string;
  /** Another one for another image: browsers keep what they have. */
  version: string;
}

/** The brand as a tenant has set it. */
export type BrandSettings = Partial<Brand>;

/** What pages look like when the tenant's looks cannot be read. */
export const PLAIN_BRAND: Brand = { name: "Latchkey", color: null, logo: null };
