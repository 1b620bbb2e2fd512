import { waitUntil } from "cloudflare:workers";
import { sha256Hex } from "./bytes/sha-256-hex.ts";
import { type SealedNow, sealEvents } from "./core/audit/seal-events.ts";
import type { MailOrder } from "./core/mail/mail-order.ts";
import type { CoreSettings, Ports, Vault } from "./core/ports.ts";
import { callWebhooks } from "./core/webhook/call-webhooks.ts";
import { tellWebhook } from "./core/webhook/tell-webhook.ts";
import type { WebhookTurn } from "./core/webhook/webhook.ts";
import { createAccessTokens } from "./crypto/access-token.ts";
import { createBreachedPasswords } from "./crypto/breached-passwords.ts";
import { type Moved, moveToCurrentSecret } from "./crypto/move-to-current-secret.ts";
import { createCeremonies } from "./crypto/passkeys.ts";
import { createPasswordHashes } from "./crypto/password-hash.ts";
import { pkce } from "./crypto/pkce.ts";
import { randomness } from "./crypto/randomness.ts";
import { createSealer } from "./crypto/sealed-token.ts";
import { createSigningKeys, type SigningKeys } from "./crypto/signing-keys.ts";
import { totp } from "./crypto/totp.ts";
import { createVault } from "./crypto/vault.ts";
import { isSigned } from "./crypto/webhook-signature.ts";
import { userAgents } from "./http/user-agent.ts";
import { describeError } from "./log/describe-error.ts";
import { write } from "./log/write.ts";
import { type MailboxMessage, mailboxTransport, readMailbox } from "./mail/mailbox.ts";
import { createPostbox } from "./mail/postbox.ts";
import { mailQueue } from "./mail/queue.ts";
import { sendEmailTransport } from "./mail/send-email.ts";
import type { Transport } from "./mail/transport.ts";
import type { IsSigned } from "./mail-events/index.ts";
import { reachable } from "./reachable.ts";
import { loadSettings, type Settings } from "./settings/load-settings.ts";
import type { MailSettings } from "./settings/mail-settings.ts";
import { d1AccountRecords } from "./storage/d1/account-records.ts";
import { d1Accounts } from "./storage/d1/accounts.ts";
import { d1AddressProofs } from "./storage/d1/address-proofs.ts";
import { d1AuditLog } from "./storage/d1/audit-log.ts";
import { d1AuditSeals } from "./storage/d1/audit-seals.ts";
import { type Expired, expiredChores } from "./storage/d1/chores.ts";
import { type CleanUp, cleanUp } from "./storage/d1/clean-up.ts";
import { d1ClientRecords } from "./storage/d1/client-records.ts";
import { d1Clients } from "./storage/d1/clients.ts";
import {
  countUnderUnknownSecrets,
  type UnderUnknownSecrets,
} from "./storage/d1/count-under-unknown-secrets.ts";
import { type Database, openDatabase } from "./storage/d1/database.ts";
import { d1EmailChanges } from "./storage/d1/email-changes.ts";
import { d1FrontEndRecords } from "./storage/d1/front-end-records.ts";
import { d1FrontEnds } from "./storage/d1/front-ends.ts";
import { d1KeyRecords } from "./storage/d1/key-records.ts";
import { d1Keys } from "./storage/d1/keys.ts";
import { d1LetterRecords } from "./storage/d1/letter-records.ts";
import { d1Passkeys } from "./storage/d1/passkeys.ts";
import { d1SealedTexts } from "./storage/d1/sealed-texts.ts";
import { d1SecondFactors } from "./storage/d1/second-factors.ts";
import { d1Sessions } from "./storage/d1/sessions.ts";
import { setMark } from "./storage/d1/set-mark.ts";
import { d1SigningKeys } from "./storage/d1/signing-keys.ts";
import { d1Suppressions } from "./storage/d1/suppressions.ts";
import { d1TenantRecords } from "./storage/d1/tenant-records.ts";
import { d1Tenants } from "./storage/d1/tenants.ts";
import { d1WebhookRecords } from "./storage/d1/webhook-records.ts";
import { d1Webhooks } from "./storage/d1/webhooks.ts";
import { CodeEntryObject, durableUserCodes } from "./storage/durable/code-entry.ts";
import { DeviceGrantObject, grantStub } from "./storage/durable/device-grant.ts";
import { durableDeviceGrants } from "./storage/durable/device-grants.ts";
import { durableLoginCodes, LoginCodeObject } from "./storage/durable/login-code.ts";
import { durableThrottle, ThrottleObject } from "./storage/durable/throttle.ts";
import { kvMailedLinks } from "./storage/kv/mailed-links.ts";
import { type FenceBindings, rateLimitFences } from "./storage/rate-limit/fences.ts";
import { rememberClients } from "./storage/remember-clients.ts";
import { rememberTenants } from "./storage/remember-tenants.ts";
import { sendMessage } from "./webhooks/send-message.ts";

/** What wrangler.toml binds, beside the variables that `loadSettings` reads. */
export interface Bindings extends FenceBindings {
  DB: D1Database;
  CODES: KVNamespace;
  DEVICE_GRANT: DurableObjectNamespace<DeviceGrant>;
  CODE_ENTRY: DurableObjectNamespace<CodeEntry>;
  LOGIN_CODE: DurableObjectNamespace<LoginCode>;
  THROTTLE: DurableObjectNamespace<Throttle>;
  MAIL: Queue<MailOrder>;
  WEBHOOKS: Queue<WebhookTurn>;
  EMAIL: SendEmail;
  /** Where it is bound, a point is written for each request. */
  ANALYTICS?: AnalyticsEngineDataset;
}

/** One isolate's service: what its handlers are built from. */
export interface Service {
  settings: Settings;
  ports: Ports;
  signingKeys: SigningKeys;
  /** Null where none is bound. */
  analytics: AnalyticsEngineDataset | null;
  /** What would have been mailed; null outside development. */
  mailbox: ((to: string | null) => Promise<MailboxMessage[]>) | null;
  /** A look at each store that requests depend on. Rejects when it does not answer. */
  probes: Readonly<Record<"d1" | "kv" | "durable_objects", () => Promise<unknown>>>;
  /** Null where no provider tells what became of letters. */
  isSignedByMailProvider: IsSigned;
  /** Removes what has expired, in bounded batches. */
  removeExpired: () => Promise<CleanUp<Expired>>;
  /** Seals what was written down since the last time. */
  sealEvents: () => Promise<SealedNow>;
  /** Gives a turn to each webhook that has something to hear, and says to how many. */
  callWebhooks: () => Promise<number>;
  /** Tells a webhook what it has not heard yet, and says whether there is more. */
  tellWebhook: (webhookId: string) => Promise<boolean>;
  orderWebhookTurns: (turns: readonly WebhookTurn[]) => Promise<void>;
  /** Seals anew what the master secret before has sealed, in bounded batches. */
  moveToCurrentSecret: () => Promise<Moved>;
  /** What no secret opens that is set. */
  countUnderUnknownSecrets: () => Promise<UnderUnknownSecrets>;
}

const clock = { now: () => new Date() };

/** Connects every port to its adapter. Throws a `SettingsError` when the settings are wrong. */
export function composeService(env: Bindings): Service {
  const settings = loadSettings(env);
  const secrets = { current: settings.authSecret, previous: settings.authSecretPrevious };
  const db = openDatabase(env.DB);
  const vault = createVault(secrets);
  const keyStore = reachable("D1", d1SigningKeys(db));
  const signingKeys = createSigningKeys(keyStore, vault, clock);

  return {
    settings,
    signingKeys,
    ports: {
      ...storagePorts(env, db, settings),
      passwordHashes: createPasswordHashes(secrets, settings.passwordIterations, waitUntil),
      breachedPasswords: createBreachedPasswords(settings.breachedPasswordsUrl, warn),
      accessTokens: createAccessTokens(signingKeys, settings.publicUrl, clock),
      pkce,
      // Whoever has read a secret can make tokens of it, but nothing that was stored before.
      sealer: createSealer(settings.previousIsLeaked ? { ...secrets, previous: null } : secrets),
      vault,
      totp,
      ceremonies: createCeremonies(settings.publicUrl),
      userAgents,
      mailQueue: reachable("the mail queue", mailQueue(env.MAIL)),
      postbox: createPostbox(transport(env, settings), settings.mailFrom),
      randomness,
      clock,
      settings,
    },
    analytics: env.ANALYTICS ?? null,
    mailbox: settings.development ? developmentMailbox(env) : null,
    isSignedByMailProvider: signedBy(settings.mail),
    probes: probesOf(env),
    removeExpired: () => {
      const now = clock.now();
      return cleanUp(expiredChores(db, now, settings.auditRetentionDays));
    },
    sealEvents: () => sealEvents({ auditSeals: d1AuditSeals(db), sha256: sha256Hex, clock }),
    ...webhookRuns(env, { db, vault, settings }),
    ...secretRuns(db, vault),
  };
}

/** How webhooks come to hear what is in the audit log. */
function webhookRuns(
  { WEBHOOKS }: Bindings,
  { db, vault, settings }: { db: Database; vault: Vault; settings: Settings },
): Pick<Service, "callWebhooks" | "tellWebhook" | "orderWebhookTurns"> {
  const ports = { webhooks: d1Webhooks(db), vault, clock, randomness };
  const { development } = settings;
  const order = async (turns: readonly WebhookTurn[]) => {
    await WEBHOOKS.sendBatch(turns.map((body) => ({ body })));
  };
  return {
    callWebhooks: () => callWebhooks({ ...ports, order }),
    tellWebhook: (webhookId) =>
      tellWebhook({ ...ports, development, send: sendMessage }, webhookId),
    orderWebhookTurns: order,
  };
}

/** What a rotation of the master secret has to do. */
function secretRuns(
  db: Database,
  vault: Vault,
): Pick<Service, "moveToCurrentSecret" | "countUnderUnknownSecrets"> {
  return {
    moveToCurrentSecret: async () => {
      const { current, previous } = await vault.secretIds();
      // Before anything moves: a run that fails must not leave word of secrets that were set before.
      const mark = previous === null ? current : `${current} ${previous}`;
      await setMark(db, { name: "secret", mark, at: clock.now() });
      return moveToCurrentSecret(vault, d1SealedTexts(db));
    },
    countUnderUnknownSecrets: async () => {
      const { current, previous } = await vault.secretIds();
      return countUnderUnknownSecrets(db, [current, previous ?? current]);
    },
  };
}

function probesOf({ DB, CODES, DEVICE_GRANT }: Bindings): Service["probes"] {
  return {
    d1: () => DB.prepare("SELECT 1").run(),
    kv: () => CODES.get("probe"),
    durable_objects: async () => grantStub(DEVICE_GRANT, "", "probe").describe(),
  };
}

function developmentMailbox({ CODES }: Bindings): NonNullable<Service["mailbox"]> {
  const { read } = reachable("KV", { read: (to: string | null) => readMailbox(CODES, to) });
  return read;
}

function storagePorts(env: Bindings, db: Database, settings: CoreSettings) {
  return {
    accounts: reachable("D1", d1Accounts(db)),
    accountRecords: reachable("D1", d1AccountRecords(db)),
    clientRecords: reachable("D1", d1ClientRecords(db)),
    keyRecords: reachable("D1", d1KeyRecords(db)),
    tenantRecords: reachable("D1", d1TenantRecords(db)),
    letterRecords: reachable("D1", d1LetterRecords(db)),
    frontEndRecords: reachable("D1", d1FrontEndRecords(db)),
    webhookRecords: reachable("D1", d1WebhookRecords(db)),
    auditLog: reachable("D1", d1AuditLog(db)),
    addressProofs: reachable("D1", d1AddressProofs(db)),
    emailChanges: reachable("D1", d1EmailChanges(db)),
    sessions: reachable("D1", d1Sessions(db)),
    secondFactors: reachable("D1", d1SecondFactors(db)),
    passkeys: reachable("D1", d1Passkeys(db)),
    keys: reachable("D1", d1Keys(db)),
    clients: rememberClients(reachable("D1", d1Clients(db)), clock),
    tenants: rememberTenants(reachable("D1", d1Tenants(db)), clock),
    frontEnds: reachable("D1", d1FrontEnds(db)),
    loginCodes: reachable("the login code", durableLoginCodes(env.LOGIN_CODE)),
    suppressions: reachable("D1", d1Suppressions(db)),
    mailedLinks: reachable("KV", kvMailedLinks(env.CODES)),
    deviceGrants: reachable("the device grant", durableDeviceGrants(env.DEVICE_GRANT)),
    userCodes: reachable("the code entry", durableUserCodes(env.CODE_ENTRY, settings)),
    throttle: reachable("the throttle", durableThrottle(env.THROTTLE, settings)),
    fences: reachable("the rate limiter", rateLimitFences(env)),
  };
}

/** What takes sockets or another service loads with the first letter. */
function transport(env: Bindings, { mail, publicUrl }: Settings): Transport {
  switch (mail.transport) {
    case "mailbox":
      return mailboxTransport(env.CODES);
    case "send_email":
      return sendEmailTransport(env.EMAIL);
    case "smtp":
      return async (message) => {
        const { smtpTransport } = await import("./mail/smtp.ts");
        return smtpTransport(mail, new URL(publicUrl).hostname)(message);
      };
    case "resend":
      return async (message, tenantId) => {
        const { resendTransport } = await import("./mail/resend.ts");
        return resendTransport(mail)(message, tenantId);
      };
  }
}

function signedBy(mail: MailSettings): IsSigned {
  const secret = mail.transport === "resend" ? mail.webhookSecret : null;
  return secret === null ? null : (request) => isSigned(secret, request, clock.now());
}

function warn(error: unknown): void {
  write("error", { part: "breached passwords", passed_over: true, error: describeError(error) });
}

/** The Durable Object classes, each with what it reaches beside its own storage. */
export class DeviceGrant extends DeviceGrantObject<Bindings> {
  protected override readonly sessions = d1Sessions(openDatabase(this.env.DB));
}
export class CodeEntry extends CodeEntryObject<Bindings> {}
export class LoginCode extends LoginCodeObject {}
export class Throttle extends ThrottleObject {}
