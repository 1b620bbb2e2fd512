import type { Handler } from "hono";
import type { Brand } from "../../core/tenant/brand.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { brandOf } from "./brand-of.ts";

const PATH = "/assets/logo";

/** Where the tenant's logo is, which changes as it does; null where there is none. */
export function logoPath({ logo }: Brand): string | null {
  return logo && `${PATH}?v=${encodeURIComponent(logo.version)}`;
}

/** GET /assets/logo. An SVG that is opened by itself runs nothing: the policy of every answer sees to it. */
export const showLogo: Handler<AppEnv> = async (http) => {
  const { logo } = await brandOf(http);
  return logo
    ? http.body(Uint8Array.fromBase64(logo.base64), 200, {
        "content-type": logo.mediaType,
        "cache-control": "public, max-age=86400",
      })
    : http.notFound();
};
