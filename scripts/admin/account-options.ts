import * as z from "zod";
import { normaliseEmail } from "../../src/core/email-address.ts";
import { Problem } from "../problem.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/** By which a command's account is named. */
export const accountOptions = {
  email: { value: "address", what: "the account's e-mail address", required: true },
  tenant: tenantOption,
} as const;

/** An account by its tenant and address. */
export interface Whose {
  slug: string;
  email: string;
}

/** The same, for a command line that is about the account. */
export function optionsOf({ slug, email }: Whose): string {
  return `--email ${email}${slug === DEFAULT_TENANT_SLUG ? "" : ` --tenant ${slug}`}`;
}

/** Reads them. Refuses what is no address. */
export function readWhose(given: { email: string; tenant: string | undefined }): Whose {
  const email = normaliseEmail(given.email);
  if (!z.email().max(254).safeParse(email).success) {
    throw new Problem(
      `${JSON.stringify(given.email)} is not an e-mail address.`,
      "Give it as in --email ada@example.com",
    );
  }
  return { email, slug: given.tenant ?? DEFAULT_TENANT_SLUG };
}
