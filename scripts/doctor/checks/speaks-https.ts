import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass, warn } from "../finding.ts";
import { isLocal } from "../patient.ts";

/** People reach it over TLS alone. That the certificate is good, the first answer has shown. */
export const speaksHttps: Check = {
  name: "https",
  title: "Nothing but HTTPS is spoken",
  async look(patient) {
    const { protocol, host } = new URL(patient.url);
    if (isLocal(patient)) {
      return pass("On a loopback address nobody is on the way.");
    }
    if (protocol !== "https:") {
      return fail(
        `${patient.url} is plain HTTP.`,
        "Give its https: URL, and let PUBLIC_URL be that.",
      );
    }
    const plain = await ask({ ...patient, url: `http://${host}` }, "/health").catch(() => null);
    if (plain === null) {
      return pass("Plain HTTP is not answered.");
    }
    const leadsTo = plain.headers.get("location") ?? "";
    return plain.status >= 300 && plain.status < 400 && leadsTo.startsWith(`https://${host}/`)
      ? pass("Plain HTTP is redirected.")
      : warn(
          `http://${host} answers ${plain.status}.`,
          'Turn on "Always Use HTTPS" for the zone (SSL/TLS, Edge Certificates).',
        );
  },
};
