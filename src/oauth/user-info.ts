import type { Account } from "../core/account/account.ts";
import { type UserInfo, userInfo as userInfoOf } from "../core/oauth/user-info.ts";
import { Refused } from "../core/refused.ts";
import { identifyByAccessToken } from "../core/session/identify.ts";
import { readBearer } from "./bearer.ts";
import { endpoint, NO_STORE } from "./endpoint.ts";

type Claims = Readonly<Record<string, (account: Account) => string | number | boolean | undefined>>;

/** OpenID Connect Core §5.1, by the scope that opens them (§5.4). */
const OPENED_BY: Readonly<Record<"profile" | "email", Claims>> = {
  profile: {
    name: ({ name }) => name ?? undefined,
    given_name: ({ givenName }) => givenName ?? undefined,
    family_name: ({ familyName }) => familyName ?? undefined,
    picture: ({ profile }) => profile.avatarUrl,
    zoneinfo: ({ profile }) => profile.timezone,
    locale: ({ profile }) => profile.locale,
    updated_at: ({ updatedAt }) => Math.floor(updatedAt.getTime() / 1000),
  },
  email: {
    email: ({ email }) => email,
    email_verified: ({ emailVerifiedAt }) => emailVerifiedAt !== null,
  },
};

/** Every claim about a person that can be asked for. */
export const claims: readonly string[] = Object.values(OPENED_BY).flatMap(Object.keys);

/** The UserInfo endpoint. The token comes in the header alone. OpenID Connect Core §5.3, RFC 6750 §2.1. */
export const userInfo = endpoint("userInfo", async (http, context) => {
  const token = await readBearer(http.req);
  if (token instanceof Refused) {
    if (token.reason === "invalid_request") {
      http.header("www-authenticate", 'Bearer realm="Latchkey", error="invalid_request"');
    }
    return token;
  }
  const caller = await identifyByAccessToken(context, token);
  if (!caller) {
    return new Refused("access_token_invalid");
  }
  const info = await userInfoOf(context, { caller });
  return info instanceof Refused ? info : http.json(shown(info), 200, NO_STORE);
});

/** What is not known is not there. A plain sign-in sees all. */
function shown({ account, scopes }: UserInfo) {
  const opened = Object.entries(OPENED_BY)
    .filter(([scope]) => scopes === null || scopes.includes(scope))
    .flatMap(([, claims]) => Object.entries(claims))
    .map(([claim, read]) => [claim, read(account)]);
  return { sub: account.id, ...Object.fromEntries(opened) };
}
