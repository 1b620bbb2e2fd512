import type { Account } from "../account/account.ts";
import type { Ports } from "../ports.ts";
import type { Letter, MailOrder } from "./mail-order.ts";

const VERIFY_LINK_SECONDS = 24 * 3600;
const RESET_LINK_SECONDS = 3600;

/**
 * Writes and sends the letter of an order; an order for an address without an account sends
 * nothing. It may run again after a failure: a link drawn earlier then simply goes unused.
 */
export async function fulfilMailOrder(ports: Ports, order: MailOrder): Promise<void> {
  const letter = await write[order.kind](ports, order);
  if (letter) {
    await ports.postbox.deliver(order.email, letter);
  }
}

type Writer = (ports: Ports, order: MailOrder) => Promise<Letter | null>;

const write: Readonly<Record<MailOrder["kind"], Writer>> = {
  "verify-email": async (ports, order) => {
    const account = await findAccount(ports, order);
    return account && !account.emailVerifiedAt ? verifyEmailLetter(ports, account) : null;
  },

  "reset-password": async (ports, order) => {
    const numbered = await ports.accounts.numberResetLink(order.tenantId, order.email);
    return numbered && resetPasswordLetter(ports, numbered);
  },

  "address-taken": async (ports, order) => {
    const account = await findAccount(ports, order);
    return (
      account && {
        kind: "address-taken",
        name: provenName(account),
        signInLink: `${ports.settings.publicUrl}/signin`,
      }
    );
  },

  "password-changed": async (ports, order) => {
    const account = await findAccount(ports, order);
    return account && { kind: "password-changed", name: provenName(account) };
  },
};

function findAccount({ accounts }: Ports, { tenantId, email }: MailOrder) {
  return accounts.findByEmail(tenantId, email);
}

function provenName({ name, emailVerifiedAt }: Account): string | null {
  return emailVerifiedAt ? name : null;
}

async function verifyEmailLetter(ports: Ports, account: Account): Promise<Letter> {
  const token = ports.randomness.token();
  const link = { purpose: "verify-email", accountId: account.id, email: account.email } as const;
  await ports.mailedLinks.put(token, link, VERIFY_LINK_SECONDS);
  return {
    kind: "verify-email",
    name: null,
    link: `${ports.settings.publicUrl}/verify?token=${token}`,
    lifetimeSeconds: VERIFY_LINK_SECONDS,
  };
}

async function resetPasswordLetter(
  ports: Ports,
  { account, linkNumber }: { account: Account; linkNumber: number },
): Promise<Letter> {
  const token = ports.randomness.token();
  const { id: accountId, email, name } = account;
  const link = { purpose: "reset-password", accountId, linkNumber, email, name } as const;
  await ports.mailedLinks.put(token, link, RESET_LINK_SECONDS);
  return {
    kind: "reset-password",
    name: provenName(account),
    link: `${ports.settings.publicUrl}/reset?token=${token}`,
    lifetimeSeconds: RESET_LINK_SECONDS,
  };
}
