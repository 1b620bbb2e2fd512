import type { Account } from "../account/account.ts";
import type { Ports } from "../ports.ts";
import { linkTo } from "./link-to.ts";
import { loginCodeLetter } from "./login-code-letter.ts";
import type { Letter, MailOrder } from "./mail-order.ts";
import { proveAddressLetter } from "./prove-address-letter.ts";

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
    const found = await ports.accounts.findUnverified(order.tenantId, order.email);
    return found && verifyEmailLetter(ports, found);
  },

  "prove-address": proveAddressLetter,

  "reset-password": async (ports, order) => {
    const link = await drawResetLink(ports, order);
    return link && { kind: "reset-password", ...link };
  },

  "address-taken": async (ports, order) => {
    const account = await findAccount(ports, order);
    if (account && !account.emailVerifiedAt) {
      return addressUnconfirmedLetter(ports, order);
    }
    return account && { kind: "address-taken", signInLink: `${ports.settings.publicUrl}/signin` };
  },

  "login-code": loginCodeLetter,

  "account-made": async (ports, order) => {
    const account = await findAccount(ports, order);
    const forgotLink = `${ports.settings.publicUrl}/forgot`;
    return account && { kind: "account-made", forgotLink };
  },

  "password-changed": async (ports, order) => {
    const account = await findAccount(ports, order);
    return account && { kind: "password-changed" };
  },

  "second-factor-changed": async (ports, order) => {
    const account = await findAccount(ports, order);
    return account && { kind: "second-factor-changed" };
  },
};

function findAccount({ accounts }: Ports, { tenantId, email }: MailOrder) {
  return accounts.findByEmail(tenantId, email);
}

async function verifyEmailLetter(
  ports: Ports,
  { account, linkNumber }: { account: Account; linkNumber: number },
): Promise<Letter> {
  const token = ports.randomness.token();
  const { id: accountId, email } = account;
  const link = { purpose: "verify-email", accountId, email, linkNumber } as const;
  await ports.mailedLinks.put(token, link, VERIFY_LINK_SECONDS);
  return {
    kind: "verify-email",
    link: `${ports.settings.publicUrl}/verify?token=${token}`,
    lifetimeSeconds: VERIFY_LINK_SECONDS,
  };
}

/**
 * For an address that was registered before and never confirmed: whoever did that chose the
 * password, so the owner of the mailbox is given a link to set one, which throws the other out.
 */
async function addressUnconfirmedLetter(ports: Ports, order: MailOrder): Promise<Letter | null> {
  const link = await drawResetLink(ports, order);
  return link && { kind: "address-unconfirmed", ...link };
}

async function drawResetLink(ports: Ports, { tenantId, email, frontEnd }: MailOrder) {
  const numbered = await ports.accounts.numberResetLink(tenantId, email);
  if (!numbered) {
    return null;
  }
  const { account, linkNumber } = numbered;
  const token = ports.randomness.token();
  await ports.mailedLinks.put(
    token,
    { purpose: "reset-password", accountId: account.id, linkNumber, email, name: account.name },
    RESET_LINK_SECONDS,
  );
  return {
    link: frontEnd
      ? linkTo(`${frontEnd.url}/reset-password`, {
          verificationCode: token,
          email,
          ...(frontEnd.alias !== null && { clientAlias: frontEnd.alias }),
        })
      : linkTo(`${ports.settings.publicUrl}/reset`, { token }),
    lifetimeSeconds: RESET_LINK_SECONDS,
  };
}
