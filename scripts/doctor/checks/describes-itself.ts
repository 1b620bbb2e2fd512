import { type Answer, ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass } from "../finding.ts";

const OPENID = "/.well-known/openid-configuration";
const OAUTH = "/.well-known/oauth-authorization-server";

/** Clients find it by its metadata: the issuer is where it is reached, whatever a request says. RFC 8414 §3.3. */
export const describesItself: Check = {
  name: "metadata",
  title: "Its metadata name where it is, and what they name is there",
  async look(patient) {
    const spoofed = { "x-forwarded-host": "latchkey-doctor.invalid" };
    const [openid, oauth, led] = await Promise.all([
      ask(patient, OPENID),
      ask(patient, OAUTH),
      ask(patient, OPENID, { headers: spoofed }),
    ]);
    const { issuer, code_challenge_methods_supported: challenges } = openid.body;
    if (issuer !== patient.url) {
      return fail(
        `The issuer is ${JSON.stringify(issuer)}, and it was reached at ${patient.url}.`,
        "Set PUBLIC_URL in wrangler.toml to where people reach it, and deploy.",
      );
    }
    if (openid.text !== oauth.text || led.text !== openid.text) {
      return fail(
        "The two documents differ, or follow a header of the request.",
        "Look for a cache or a proxy that rewrites them.",
      );
    }
    if (JSON.stringify(challenges) !== '["S256"]') {
      return fail("PKCE is not S256 alone.", "Deploy this version: npm run deploy");
    }
    const lost = await unreachable(patient, openid);
    return lost.length === 0
      ? pass(`Both documents are alike, the issuer is ${patient.url}.`)
      : fail(
          `Not there: ${lost.join(", ")}.`,
          "Route every path of the domain to the Worker: a custom domain does.",
        );
  },
};

/** Endpoints that lead elsewhere, or to nothing. */
async function unreachable(patient: Parameters<Check["look"]>[0], { body }: Answer) {
  const endpoints = Object.entries(body).filter(([name]) => /_endpoint$|^jwks_uri$/.test(name));
  const answers = await Promise.all(
    endpoints.map(async ([name, url]) => {
      const { origin, pathname } = new URL(String(url));
      const isThere =
        origin === patient.url && ![404, 502, 530].includes((await ask(patient, pathname)).status);
      return isThere ? [] : [name];
    }),
  );
  return answers.flat();
}
