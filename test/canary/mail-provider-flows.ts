import { createExecutionContext, createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { MailOrder } from "../../src/core/mail/mail-order.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import worker from "../../src/index.ts";
import { member } from "../support/members.ts";
import { resendTold, WEBHOOKS } from "../support/resend-told.ts";
import type { Flow, Watch } from "./watch.ts";

/** Everything that a mail provider tells, and all that it takes to be told something. */
export const mailProviderFlows: readonly Flow[] = [tellOfBounce, handOverBySmtp, refuseSettings];

async function tellOfBounce(watch: Watch): Promise<void> {
  const { RESEND_API_KEY, RESEND_WEBHOOK_SECRET } = WEBHOOKS;
  for (const secret of [RESEND_API_KEY, RESEND_WEBHOOK_SECRET]) {
    watch.typed("a mail provider's secret", secret);
  }
  const service = watch.service(WEBHOOKS);
  const tags = { latchkey_tenant: DEFAULT_TENANT_ID };
  const data = { to: [watch.somebody().email], tags, bounce: { type: "Permanent" } };
  await resendTold(service, { type: "email.bounced", data });
  await resendTold(service, { type: "email.bounced", data }, { agedSeconds: 3600 });
}

/** Letters to a mail server that lets us in, and to one that does not. */
async function handOverBySmtp(watch: Watch): Promise<void> {
  for (const mechanism of ["PLAIN", "LOGIN"]) {
    const { port, login } = await mailServer(mechanism);
    const password = watch.typed("a mail server's password", login.password);
    const right = smtpVariables({ ...login, password }, port);
    const wrong = smtpVariables({ ...login, password: wrongPassword(watch) }, port);
    for (const variables of [right, wrong]) {
      await carry(watch, { ...env, ...variables });
    }
    const { did } = await mailServer(mechanism);
    const steps = did.map((step) => step.split(" ")[0]).join(" ");
    const taken = "CONNECT AUTH MAIL RCPT DATA QUIT";
    const refused = "CONNECT AUTH QUIT";
    if (steps !== [taken, taken, refused, refused].join(" ")) {
      throw new Error(`the mail server was asked otherwise: ${steps}`);
    }
  }
}

/** Settings that are wrong are told of in the log, and to whoever asks. */
async function refuseSettings(watch: Watch): Promise<void> {
  const login = { username: "desk@meadow.example", password: wrongPassword(watch) };
  const { SMTP_USERNAME: _, ...nameless } = smtpVariables(login, 587);
  const ending = smtpVariables({ ...login, password: `${login.password}\0` }, 587);
  for (const wrong of [nameless, ending]) {
    const bindings = { ...env, ...wrong };
    const request = new Request(`${env.PUBLIC_URL}/health`);
    const answer = await worker.fetch(request as never, bindings, createExecutionContext());
    const where = `answer ${watch.answers.length} to GET /health`;
    watch.answers.push({ where, text: await answer.text() });
  }
}

interface MailServer {
  port: number;
  login: { username: string; password: string };
  did: string[];
}

async function mailServer(mechanism: string): Promise<MailServer> {
  return (await env.TEST_MAIL_SERVERS.fetch(`http://mail/${mechanism}`)).json();
}

function wrongPassword(watch: Watch): string {
  return watch.password("a mail server's password");
}

const smtpVariables = ({ username, password }: MailServer["login"], port: number) => ({
  MAIL_TRANSPORT: "smtp",
  SMTP_HOST: "localhost",
  SMTP_PORT: String(port),
  SMTP_TLS: "none",
  SMTP_USERNAME: username,
  SMTP_PASSWORD: password,
});

const QUEUES = ["latchkey-mail", "latchkey-mail-dead"];

/** A letter of each queue. */
async function carry(watch: Watch, bindings: typeof env): Promise<void> {
  for (const queue of QUEUES) {
    const { email } = await member(watch.service(), watch.somebody());
    const origin = { city: "", country: "", browser: "", os: "", at: Date.now() };
    const order = { tenantId: DEFAULT_TENANT_ID, email, language: "en", origin } as const;
    const batch = createMessageBatch<MailOrder>(queue, [
      { id: "m", timestamp: new Date(), attempts: 1, body: { kind: "reset-password", ...order } },
    ]);
    await worker.queue(batch, bindings);
  }
}
