import { readFileSync, writeFileSync } from "node:fs";
import { tables } from "../src/surfaces/index.ts";

const README = "README.md";
const BETWEEN = /(<!-- urls:.*-->\n)[\s\S]*(<!-- \/urls -->)/;

/** Everything beside the contracts: pages and machinery, in the order in which they are mounted. */
const OTHERS: readonly (readonly [url: string, what: string])[] = [
  ["GET /", "what runs here"],
  ["GET, POST /signin", "sign in with a password"],
  ["POST /signin/code", "the second step, with a second factor or a passkey"],
  ["POST /signin/passkey", "sign in with a passkey alone"],
  ["GET, POST /signin/mail", "ask for a code by e-mail"],
  ["POST /signin/mail/code", "sign in with it, and with a second factor"],
  ["POST /signout", "sign out"],
  ["GET, POST /device", "enter a device's code, see who asks, approve or deny"],
  ["GET /account", "one's own account at a glance, for who is signed in on this browser"],
  ["GET, POST /account/profile", "name and language"],
  ["GET /account/security", "what the account is signed in to with"],
  ["GET, POST /account/security/password", "change the password, or set the first"],
  ["GET, POST /account/security/email", "ask for another address"],
  ["POST /account/security/email/again", "have the link to confirm it mailed once more"],
  ["GET, POST /account/security/two-factor", "set up an authenticator app"],
  ["POST /account/security/two-factor/confirm", "turn it on, with a first code"],
  ["GET, POST /account/security/two-factor-off", "turn it off"],
  ["GET, POST /account/security/recovery-codes", "make new recovery codes"],
  ["GET, POST /account/passkeys", "passkeys, and add one"],
  ["POST /account/passkeys/rename", "name one"],
  ["POST /account/passkeys/remove", "remove one"],
  ["GET /account/sessions", "every session and device"],
  ["POST /account/sessions/end", "sign one out"],
  ["POST /account/sessions/rename", "name one"],
  ["GET, POST /account/sessions/elsewhere", "sign out all others"],
  ["GET, POST /account/keys", "API keys, and make one"],
  ["POST /account/keys/delete", "delete one"],
  ["GET /account/activity", "what happened to the account"],
  ["GET, POST /manage", "search for accounts of the tenant, for its administrators"],
  ["GET /manage/accounts/:accountId", "one of them"],
  ["GET /manage/accounts/:accountId/sessions", "where it is signed in"],
  ["GET /manage/accounts/:accountId/events", "what happened to it"],
  ["GET, POST /manage/accounts/:accountId/password-reset", "mail a link to set a password"],
  ["GET, POST /manage/accounts/:accountId/invitation", "mail one to set the first"],
  ["GET, POST /manage/accounts/:accountId/sign-out", "end its sessions"],
  ["GET, POST /manage/accounts/:accountId/second-factor-off", "turn its second factor off"],
  ["GET, POST /manage/accounts/:accountId/disable", "shut it out"],
  ["GET, POST /manage/accounts/:accountId/enable", "let it in again"],
  ["GET, POST /register", "create an account"],
  ["GET, POST /forgot", "ask for a link to set a new password"],
  ["GET, POST /verify", "confirm an address, from a mailed link"],
  ["GET, POST /secure", "take an account back, from the link of a mail about what was done to it"],
  ["GET, POST /account/email/confirm", "give an account its new address, from a mailed link"],
  ["GET, POST /reset", "set a new password, from a mailed link"],
  ["GET, POST /oauth/authorize", "ask a person for a code (RFC 6749, PKCE); answers by redirect"],
  ["GET, POST /oauth/consent", "what the person is asked"],
  ["POST /oauth/token", "tokens for a code, a device code, a refresh token, or a client itself"],
  ["POST /oauth/device_authorization", "start a device grant (RFC 8628)"],
  ["GET /oauth/device/wait", "WebSocket that says `decided` once the person has decided"],
  ["POST /oauth/revoke", "end a token and its session (RFC 7009)"],
  ["POST /oauth/introspect", "what a token stands for (RFC 7662)"],
  ["GET, POST /oauth/userinfo", "who signed in (OpenID Connect)"],
  ["GET /.well-known/oauth-authorization-server", "metadata (RFC 8414)"],
  ["GET /.well-known/openid-configuration", "the same for OpenID Connect"],
  ["GET /.well-known/jwks.json", "public keys of the access tokens (RFC 7517)"],
  ["GET /openapi.json", "the API reference, for programs (OpenAPI 3.1)"],
  ["GET /docs", "the same, for people"],
  ["GET /health", "the Worker runs"],
  ["GET /health/ready", "so does everything it depends on, or 503 names what does not"],
  ["POST /mail/events", "what the mail provider tells of letters that came back, signed by it"],
  ["GET /dev/mailbox", "what would have been mailed, in development only"],
  ["GET /dev/mailbox/:id", "the HTML of one of them"],
  ["GET /dev/mailbox.json?to=…", "the same as JSON"],
];

/** The table of every URL, from the contracts' own tables. */
export function urlTable(): string {
  const rows = tables.flatMap(({ terms, routes }) =>
    Object.entries(routes).map(
      ([operation, [endpoint, audience, , status]]) =>
        `| \`${endpoint}\` | ${terms.contract}: ${operation} | ${audience} | ${status} |`,
    ),
  );
  const elsewhere = tables
    .filter(({ bases }) => bases.length > 1)
    .map(
      ({ terms, bases: [first, ...more] }) =>
        `What ${terms.contract} serves under \`${first}\` it serves under \`${more.join("`, `")}\` as well.`,
    );
  const others = OTHERS.map(([url, what]) => `| \`${url}\` | ${what} | | |`);
  return [
    elsewhere.join(" "),
    "",
    "| URL | what it does | for | success |",
    "|---|---|---|---|",
    ...rows,
    ...others,
    "",
  ].join("\n");
}

/** The README with the table in its place. */
export function readmeWithTable(): string {
  return readFileSync(README, "utf8").replace(BETWEEN, `$1\n${urlTable()}\n$2`);
}

if (import.meta.main) {
  writeFileSync(README, readmeWithTable());
}
