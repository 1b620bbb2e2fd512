import type { Check } from "../check.ts";
import { type Finding, fail, pass, skip, warn } from "../finding.ts";
import { anyCarrier, carrierOf, knownCarriers, type MailCarrier } from "../mail-carriers.ts";
import { isLocal, type Patient } from "../patient.ts";

/** One that lets nobody send says that the domain has no mail. RFC 7208 §4.6.2. */
const SPF = /^v=spf1\s+(?!-all\s*$)/i;
/** An empty key is one that was taken back. RFC 6376 §3.6.1. */
const KEY = /\bp=[A-Za-z0-9+/]/;
const DMARC = /^v=DMARC1\b/i;

/** The DNS of the sender's domain lets others believe its mail: SPF, DKIM and DMARC. */
export const maySendMail: Check = {
  name: "mail",
  title: "Other mail servers can believe its mail",
  async look(patient) {
    const { mailDomain } = patient;
    if (isLocal(patient) && new URL(patient.url).hostname === mailDomain) {
      return skip("On a loopback address nothing is sent.", "Give --mail-domain to look at one.");
    }
    // An organisation speaks for the domains under it. RFC 7489 §6.6.3.
    const names = ancestors(mailDomain).map((name) => `_dmarc.${name}`);
    const [seen, dmarc] = await Promise.all([lookFor(patient), first(patient, names, DMARC)]);
    return judged(patient, seen, dmarc);
  },
};

interface Found {
  at: string;
  text: string;
}

/** What of a carrier's records is there. */
interface Seen {
  carrier: MailCarrier;
  spf: Found | null;
  key: Found | null;
}

/** The carrier whose records are there; the one of a selector that was named, and no other. */
async function lookFor(patient: Patient): Promise<Seen> {
  const { mailDomain, dkimSelector } = patient;
  if (dkimSelector !== null) {
    return recordsOf(patient, carrierOf(dkimSelector));
  }
  const seen = await Promise.all(knownCarriers.map((carrier) => recordsOf(patient, carrier)));
  return (
    seen.find(({ spf, key }) => spf && key) ??
    seen.find(({ key }) => key) ??
    seen.find(({ spf }) => spf && spf.at !== mailDomain) ??
    recordsOf(patient, anyCarrier)
  );
}

async function recordsOf(patient: Patient, carrier: MailCarrier): Promise<Seen> {
  const { mailDomain } = patient;
  const names = carrier.selectors.map((selector) => `${selector}._domainkey.${mailDomain}`);
  const [spf, key] = await Promise.all([
    first(patient, carrier.spfAt(mailDomain), SPF),
    first(patient, names, KEY),
  ]);
  return { carrier, spf, key };
}

function judged(patient: Patient, seen: Seen, dmarc: Found | null): Finding {
  const { mailDomain } = patient;
  const { carrier, spf, key } = seen;
  const mend = carrier.mend(mailDomain);
  const missing = missingOf(patient, seen);
  if (dmarc === null) {
    return fail(
      `${mailDomain} has no ${[...missing, "DMARC"].join(" and no ")}.`,
      `${mend} For DMARC, a TXT record at _dmarc.${mailDomain}: v=DMARC1; p=none`,
    );
  }
  if (missing.length > 0) {
    return fail(`${mailDomain} has no ${missing.join(" and no ")}.`, mend);
  }
  if (!key) {
    return warn("SPF and DMARC are there; no DKIM key is where one was looked for.", mend);
  }
  if (!spf) {
    return warn(
      `DKIM and DMARC are there; no SPF is at ${carrier.spfAt(mailDomain).join(" or at ")}.`,
      `Fine where what comes back goes to another name, which has one: DMARC takes either. Else: ${mend}`,
    );
  }
  return /\bp=none\b/i.test(dmarc.text)
    ? warn(
        "SPF, DKIM and DMARC are there; DMARC asks for nothing (p=none).",
        "Once reports show that your own mail passes, say p=quarantine, then p=reject.",
      )
    : pass(`SPF at ${spf.at}, a key at ${key.at}, DMARC at ${dmarc.at}.`);
}

/** What has to be there, and is not: a key of a name that nobody told may be there all the same. */
function missingOf({ dkimSelector }: Patient, { carrier, spf, key }: Seen): string[] {
  return [
    ...(spf || (key && !carrier.isSpfThere) ? [] : ["SPF"]),
    ...(key || dkimSelector === null ? [] : [`DKIM key at ${dkimSelector}._domainkey`]),
  ];
}

async function first(
  { texts }: Patient,
  names: readonly string[],
  wanted: RegExp,
): Promise<Found | null> {
  const found = await Promise.all(
    names.map(async (at) => (await texts(at)).map((text) => ({ at, text }))),
  );
  return found.flat().find(({ text }) => wanted.test(text)) ?? null;
}

/** The domain and those above it, but for the top-level ones. */
function ancestors(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}
