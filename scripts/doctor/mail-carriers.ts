/** A service that carries letters, and what it has a sender's domain put into the DNS. */
export interface MailCarrier {
  /** Where the SPF of its letters may stand: under the name that what comes back is sent to. */
  spfAt(domain: string): string[];
  /** Whether it has to stand there. Others let a sender choose that name, or have one of their own. */
  isSpfThere: boolean;
  /** The names under `_domainkey` that its key may stand at. */
  selectors: readonly string[];
  /** What to do where a record is missing. */
  mend(domain: string): string;
}

/** https://developers.cloudflare.com/email-service/reference/postmaster/ */
const cloudflare: MailCarrier = {
  spfAt: (domain) => [`cf-bounce.${domain}`],
  isSpfThere: true,
  selectors: ["cf-bounce"],
  mend: (domain) =>
    `Have Cloudflare write the records: npx wrangler email sending enable ${domain}`,
};

/** https://resend.com/docs/dashboard/domains/custom-return-path */
const resend: MailCarrier = {
  spfAt: (domain) => [`send.${domain}`, domain],
  isSpfThere: false,
  selectors: ["resend"],
  mend: (domain) => `Add the records that Resend shows for ${domain}: https://resend.com/domains`,
};

/** Those whose records stand at names that are known. */
export const knownCarriers: readonly MailCarrier[] = [cloudflare, resend];

/** Where no record says who it is. */
export const anyCarrier: MailCarrier = {
  spfAt: (domain) => [domain],
  isSpfThere: true,
  selectors: [],
  mend: (domain) =>
    `Whoever carries the mail shows the records. Cloudflare writes them: npx wrangler email sending enable ${domain}. Resend has them at https://resend.com/domains. Of another, give --dkim-selector as well, the name before ._domainkey.${domain}.`,
};

/** The one that signs with a key of this name. */
export function carrierOf(selector: string): MailCarrier {
  return (
    knownCarriers.find(({ selectors }) => selectors.includes(selector)) ?? {
      spfAt: (domain) => [domain],
      isSpfThere: false,
      selectors: [selector],
      mend: (domain) =>
        `Add the records that your provider shows for ${domain}, and see that it signs with ${selector}._domainkey.${domain}.`,
    }
  );
}
