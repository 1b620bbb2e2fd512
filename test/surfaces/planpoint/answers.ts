import { expect } from "vitest";
import { DAY_SECONDS } from "../../support/clock.ts";
import type { Person } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import type { Answer } from "../../support/service.ts";

const JSON_ANSWER = { "cache-control": "no-store", "content-type": "application/json" };

export const ACCESS_COOKIE =
  "planpoint=<access token>; Max-Age=86400; Path=/; HttpOnly; Secure; SameSite=Lax";
export const ZAPIER_COOKIE = ACCESS_COOKIE.replace("86400", String(90 * DAY_SECONDS));
export const REFRESH_COOKIE =
  "planpointRefresh=<refresh token>; Max-Age=604800; Path=/api/users; HttpOnly; Secure; SameSite=Strict";
export const CLEARED = [
  "planpoint=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
  "planpointRefresh=; Max-Age=0; Path=/api/users; HttpOnly; Secure; SameSite=Strict",
];

/** A whole answer, as `shown` shows it. */
export const ok = (body: unknown, cookies: string[] = []) => ({
  status: 200,
  headers: JSON_ANSWER,
  cookies,
  body,
});
export const refused = (status: number, message: string, headers = {}) => ({
  status,
  headers: { ...JSON_ANSWER, ...headers },
  cookies: [],
  body: { message },
});

export const WRONG = refused(401, "The username or the password is wrong");
export const NO_TOKEN = refused(401, "Log in first", { "www-authenticate": "Bearer" });
export const BAD_TOKEN = refused(401, "The access token is not valid. Log in again", {
  "www-authenticate": 'Bearer error="invalid_token"',
});
export const OTHERS_ONLY = refused(403, "This token may not do that", {
  "www-authenticate": 'Bearer error="insufficient_scope"',
});
export const CROSS_SITE = refused(403, "A cookie may be used from its own origin only");
export const ENDED = refused(401, "The session has ended. Log in again");
export const IN_QUERY = refused(
  400,
  "query must not carry credentials: send them in the JSON body",
);

/** An answer to be compared whole, its cookies one by one. */
export function shown(answer: Answer<unknown>) {
  const { status, headers, body } = seen(answer);
  const { "set-cookie": _, ...others } = headers;
  const cookies = answer.headers
    .getSetCookie()
    .map((cookie) =>
      cookie
        .replace(/^planpoint=eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{86};/, "planpoint=<access token>;")
        .replace(/^planpointRefresh=plpt_rt_[\w-]{70};/, "planpointRefresh=<refresh token>;"),
    );
  return { status, headers: others, cookies, body };
}

/** The whole user object of an account that has said nothing but its name. */
export const userOf = ({ email }: Person) => ({
  _id: expect.stringMatching(/^[0-9a-f]{24}$/),
  role: "user",
  username: email,
  name: "Robin",
  lastName: "Example",
  fullName: "Robin Example",
  phone: "",
  companyName: "",
  projectNameURL: "",
  country: "",
  address1: "",
  address2: "",
  city: "",
  region: "",
  zip: "",
  stripeAccountId: "",
  stripeOnboardingDone: false,
  stripeDetailsSubmitted: false,
  experimentalFeatures: false,
  appliedTrial: false,
  stripeCustomer: {},
  subscription: {},
  projects: [],
  groups: [],
  administrators: [],
  editors: [],
  invites: [],
  preferences: { hideBrandingIcon: false, hideLoadingLogo: false },
});

export const loginOf = (person: Person) => ({
  message: "Login successful",
  access_token: "<access token>",
  ...userOf(person),
  token: "<access token>",
});
