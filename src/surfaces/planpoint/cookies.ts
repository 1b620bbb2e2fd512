import type { Tokens } from "../../core/session/issue-tokens.ts";
import type { Cookie } from "../surface.ts";

/** Carries the access token to every path, also when somebody follows a link here. */
const ACCESS = { name: "planpoint", path: "/", sameSite: "Lax" } as const;
/** Carries the refresh token to this contract alone. */
const REFRESH = { name: "planpointRefresh", path: "/api/users", sameSite: "Strict" } as const;

/** As old as the tokens they carry get. Without a refresh token there is no cookie for one. */
export function cookiesOf(tokens: Tokens): Cookie[] {
  const { access, accessLifetimeSeconds, refresh, refreshLifetimeSeconds } = tokens;
  const accessCookie = { ...ACCESS, value: access, maxAgeSeconds: accessLifetimeSeconds };
  return refresh === null
    ? [accessCookie]
    : [accessCookie, { ...REFRESH, value: refresh, maxAgeSeconds: refreshLifetimeSeconds }];
}

export const clearedCookies: readonly Cookie[] = [ACCESS, REFRESH].map((cookie) => ({
  ...cookie,
  value: "",
  maxAgeSeconds: 0,
}));
