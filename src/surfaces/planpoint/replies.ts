import type { Account } from "../../core/account/account.ts";
import type { Refused } from "../../core/refused.ts";
import type { Tokens } from "../../core/session/issue-tokens.ts";
import type { SignedIn } from "../../core/session/open-session.ts";
import type { Showing, Wording } from "../surface.ts";
import { clearedCookies, cookiesOf } from "./cookies.ts";
import type * as shape from "./shapes.ts";

export function session({ account, tokens }: SignedIn): Showing<typeof shape.session> {
  const { access } = tokens;
  return {
    body: {
      message: "Login successful",
      access_token: access,
      ...user(account),
      token: access,
    },
    cookies: cookiesOf(tokens),
  };
}

export function refreshed(tokens: Tokens): Showing<typeof shape.refreshed> {
  return {
    body: { message: "Token refreshed", access_token: tokens.access },
    cookies: cookiesOf(tokens),
  };
}

export function signedOut(): Showing<typeof shape.signedOut> {
  return { body: { message: "Logout successful" }, cookies: clearedCookies };
}

export function me({ account }: { account: Account }): Showing<typeof shape.me> {
  return { body: user(account) };
}

/** `{message}`: the problem of the first field where there is one. */
export function refusal(
  [, , message]: Wording,
  { fields: [first] }: Refused,
): Showing<typeof shape.refusal> {
  return { body: { message: first ? `${first.field} ${first.issue}` : message } };
}

/** Every field that is documented, and what is unknown as the empty value of its type. */
function user(account: Account) {
  const { profile } = account;
  return {
    _id: objectId(account.id),
    role: account.role,
    username: account.email,
    name: account.givenName ?? "",
    lastName: account.familyName ?? "",
    fullName: account.name ?? "",
    ...contact(profile),
    ...billing,
    projects: [],
    groups: [],
    administrators: [],
    editors: [],
    invites: [...(profile.invites ?? [])],
    preferences: {
      hideBrandingIcon: profile.hideBrandingIcon ?? false,
      hideLoadingLogo: profile.hideLoadingLogo ?? false,
    },
  };
}

function contact(profile: Account["profile"]) {
  const {
    phone = "",
    companyName = "",
    projectNameURL = "",
    country = "",
    address1 = "",
    address2 = "",
    city = "",
    region = "",
    zip = "",
  } = profile;
  return {
    phone,
    companyName,
    projectNameURL,
    country,
    address1,
    address2,
    city,
    region,
    zip,
  };
}

/** Nothing is sold here. */
const billing = {
  stripeAccountId: "",
  stripeOnboardingDone: false,
  stripeDetailsSubmitted: false,
  experimentalFeatures: false,
  appliedTrial: false,
  stripeCustomer: {},
  subscription: {},
} as const;

/** The first and last 12 hex digits of the account's UUID: its time and its randomness, in 24. */
function objectId(accountId: string): string {
  const digits = accountId.replaceAll("-", "");
  return digits.slice(0, 12) + digits.slice(-12);
}
