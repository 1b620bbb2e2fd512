import { ask, type Question } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass } from "../finding.ts";

const SITE = "https://latchkey-doctor.invalid";

/** Where people decide or cookies count. */
const CLOSED: readonly (readonly [string, Question])[] = [
  ["/signin", {}],
  ["/oauth/authorize", {}],
  ["/api/users/me", {}],
  ["/api/login", { json: {} }],
];
/** Where any program may ask, a page of another site too, but with no cookie. */
const OPEN: readonly (readonly [string, Question])[] = [
  ["/oauth/token", { form: { grant_type: "none" } }],
  ["/.well-known/jwks.json", {}],
];

/** Scripts of other sites read no page and no cookie's answer. RFC 9700 §2.6. */
export const letsNoSiteIn: Check = {
  name: "cors",
  title: "Scripts of other sites read nothing that a cookie opens",
  async look(patient) {
    const asked = async ([path, question]: readonly [string, Question]) => {
      const { headers } = await ask(patient, path, { ...question, headers: { origin: SITE } });
      return {
        path,
        origin: headers.get("access-control-allow-origin"),
        withCookies: headers.get("access-control-allow-credentials") === "true",
      };
    };
    const closed = await Promise.all(CLOSED.map(asked));
    const open = await Promise.all(OPEN.map(asked));
    const wrong = [
      ...closed.filter(({ origin }) => origin !== null),
      ...open.filter(({ withCookies }) => withCookies),
    ].map(({ path }) => path);
    return wrong.length === 0
      ? pass("Open without cookies where programs ask, closed everywhere else.")
      : fail(
          `Another site is let in at ${wrong.join(", ")}.`,
          "The Worker allows no such thing: look for a Transform Rule or a proxy that adds CORS headers.",
        );
  },
};
