import type { Check } from "../check.ts";
import { fail, pass, skip, warn } from "../finding.ts";
import { isLocal, type Patient } from "../patient.ts";

/** Where Cloudflare's mail service puts its key, and where its mail routing does. */
const SELECTORS = ["cf-bounce", "cf2024-1"];

/** The DNS of the sender's domain lets others believe its mail: SPF, DKIM and DMARC. */
export const maySendMail: Check = {
  name: "mail",
  title: "Other mail servers can believe its mail",
  async look(patient) {
    const { mailDomain } = patient;
    if (isLocal(patient) && new URL(patient.url).hostname === mailDomain) {
      return skip("On a loopback address nothing is sent.", "Give --mail-domain to look at one.");
    }
    const [spf, dkim, dmarc] = await Promise.all([
      first(patient, [mailDomain, `cf-bounce.${mailDomain}`], /^v=spf1\b/i),
      first(
        patient,
        SELECTORS.map((selector) => `${selector}._domainkey.${mailDomain}`),
        /\bp=[A-Za-z0-9+/]/,
      ),
      // An organisation speaks for the domains under it. RFC 7489 §6.6.3.
      first(
        patient,
        ancestors(mailDomain).map((name) => `_dmarc.${name}`),
        /^v=DMARC1\b/i,
      ),
    ]);
    const missing = [...(spf ? [] : ["SPF"]), ...(dmarc ? [] : ["DMARC"])];
    if (missing.length > 0) {
      return fail(
        `${mailDomain} has no ${missing.join(" and no ")}.`,
        `Have Cloudflare write the records: npx wrangler email sending enable ${mailDomain}`,
      );
    }
    if (!dkim) {
      return warn(
        `SPF and DMARC are there; no DKIM key of Cloudflare's is.`,
        "Fine where another provider signs; else see Email Service, Email Sending in the dashboard.",
      );
    }
    return /\bp=none\b/i.test(dmarc ?? "")
      ? warn(
          "SPF, DKIM and DMARC are there; DMARC asks for nothing (p=none).",
          "Once reports show that your own mail passes, say p=quarantine, then p=reject.",
        )
      : pass(`${mailDomain} has SPF, DKIM and DMARC.`);
  },
};

async function first(
  { texts }: Patient,
  names: readonly string[],
  wanted: RegExp,
): Promise<string | null> {
  const found = await Promise.all(names.map((name) => texts(name)));
  return found.flat().find((text) => wanted.test(text)) ?? null;
}

/** The domain and those above it, but for the top-level ones. */
function ancestors(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}
