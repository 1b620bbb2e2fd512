import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { type Finding, fail, pass, skip } from "../finding.ts";
import type { Patient } from "../patient.ts";
import { CANNOT_SIGN_IN, NO_ACCOUNT } from "../signed-in.ts";

interface Jar {
  /** As they were set. */
  cookies: readonly string[];
  signOut(): Promise<unknown>;
}

/** Cookies stay with this host, with TLS, and away from scripts and other sites. */
export const keepsCookies: Check = {
  name: "cookies",
  title: "Cookies are kept from scripts, other sites and plain HTTP",
  async look(patient) {
    const { account } = patient;
    if (account?.password == null) {
      return skip(NO_ACCOUNT.saw, NO_ACCOUNT.mend);
    }
    const person = { email: account.email, password: account.password };
    const jars = [await throughContract(patient, person), await throughPages(patient, person)];
    try {
      return judged(patient, jars);
    } finally {
      await Promise.all(jars.map(({ signOut }) => signOut()));
    }
  },
};

interface Person {
  email: string;
  password: string;
}

async function throughContract(patient: Patient, { email, password }: Person): Promise<Jar> {
  const { headers, body } = await ask(patient, "/api/users/login", {
    json: { username: email, password },
  });
  const authorization = `Bearer ${body["access_token"]}`;
  const signOut = () =>
    ask(patient, "/api/users/logout", { method: "POST", headers: { authorization } });
  return { cookies: headers.getSetCookie(), signOut };
}

async function throughPages(patient: Patient, person: Person): Promise<Jar> {
  const page = await ask(patient, "/signin");
  const csrf = hidden(page.text, "csrf");
  const { headers } = await ask(patient, "/signin", {
    form: { ...person, ...csrf },
    headers: { "sec-fetch-site": "same-origin", origin: "null" },
  });
  const cookies = headers.getSetCookie();
  const cookie = cookies.map((set) => set.split(";")[0]).join("; ");
  const ownHeaders = { cookie, "sec-fetch-site": "same-origin" };
  const signOut = async () => {
    const inside = await ask(patient, "/account", { headers: ownHeaders });
    await ask(patient, "/signout", {
      form: hidden(inside.text, "csrf"),
      headers: { ...ownHeaders, origin: "null" },
    });
  };
  return { cookies, signOut };
}

/** A hidden field of a page's first form that has it, ready to be sent back. */
function hidden(page: string, name: string): Record<string, string> {
  const value = new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1];
  return value === undefined ? {} : { [name]: value };
}

function judged({ url }: Patient, jars: readonly Jar[]): Finding {
  const cookies = jars.flatMap((jar) => jar.cookies);
  if (jars.some((jar) => jar.cookies.length === 0)) {
    return fail(CANNOT_SIGN_IN.saw, CANNOT_SIGN_IN.mend);
  }
  const isSecure = url.startsWith("https:");
  const wrong = cookies
    .filter((cookie) => !isKept(cookie, isSecure))
    .map((cookie) => cookie.split("=")[0]);
  return wrong.length === 0
    ? pass(`${cookies.map((cookie) => cookie.split("=")[0]).join(", ")}: as they should be.`)
    : fail(
        `Not HttpOnly, SameSite and Secure, or of a whole domain: ${wrong.join(", ")}.`,
        "Check that PUBLIC_URL begins with https:, and for a proxy that changes Set-Cookie.",
      );
}

/** The page session of a secure site is held to its host by its name. RFC 6265bis §4.1.3.2. */
function isKept(cookie: string, isSecure: boolean): boolean {
  const has = (attribute: RegExp) => attribute.test(cookie);
  const isPageSession = /^(?:__Host-)?latchkey=/.test(cookie);
  return (
    has(/;\s*HttpOnly/i) &&
    has(/;\s*SameSite=(?:Lax|Strict)/i) &&
    !has(/;\s*Domain=/i) &&
    (!isSecure || has(/;\s*Secure/i)) &&
    (!isSecure || !isPageSession || cookie.startsWith("__Host-"))
  );
}
