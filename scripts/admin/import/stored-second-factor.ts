import type { Vault } from "../../../src/core/ports.ts";
import { fromBase32 } from "../../../src/crypto/base32.ts";
import type { AccountRow } from "./account-row.ts";
import { RowProblem } from "./row-problem.ts";

/** What `prove-second-factor.ts` opens it for. */
const PURPOSE = "totp-secret";
/** Many systems draw 80 bits; RFC 4226 asks for 128. Fewer were never drawn. */
const SECRET_BYTES_LEAST = 10;

export interface StoredSecondFactor {
  sealed: string;
  /** Null for now. */
  confirmedAt: Date | null;
  lastStep: number;
}

/** The authenticator app of a row: sealed here, or taken as it was sealed under the same secret. */
export async function storedSecondFactor(
  vault: Vault,
  { totp_secret: secret, second_factor: stored }: AccountRow,
): Promise<StoredSecondFactor | null> {
  if (secret && stored) {
    throw new RowProblem("totp_secret and second_factor are one too many");
  }
  if (secret) {
    const text = secret.toUpperCase().replaceAll(/[\s=-]/g, "");
    if ((fromBase32(text)?.length ?? 0) < SECRET_BYTES_LEAST) {
      throw new RowProblem("totp_secret is no Base32 of 80 bits or more");
    }
    return { sealed: await vault.seal(PURPOSE, text), confirmedAt: null, lastStep: 0 };
  }
  if (!stored) {
    return null;
  }
  const { sealed_secret: sealed, confirmed_at: confirmedAt, last_step: lastStep } = stored;
  await refuseUnopened(vault, PURPOSE, sealed, "second_factor");
  return { sealed, confirmedAt, lastStep };
}

/** Digests hold for the account of their id alone, and only where that is kept. */
export async function storedRecoveryCodes(
  vault: Vault,
  { id, recovery_codes: digests }: AccountRow,
): Promise<readonly string[]> {
  if (!digests || digests.length === 0) {
    return [];
  }
  if (!id) {
    throw new RowProblem("recovery_codes belong to an account whose id is kept");
  }
  for (const digest of digests) {
    await refuseUnopened(vault, "recovery-code", digest, "recovery_codes");
  }
  return digests;
}

async function refuseUnopened(vault: Vault, purpose: string, sealed: string, field: string) {
  if ((await vault.open(purpose, sealed)) === null) {
    throw new RowProblem(`${field} is sealed under another AUTH_SECRET`);
  }
}
