import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import worker from "../../src/index.ts";
import type { Bindings } from "../../src/ports.ts";
import { loadSettings, SettingsError } from "../../src/settings/load-settings.ts";
import { logLines } from "../support/log-lines.ts";
import { PROTECTION } from "../support/protection.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const OTHER_SECRET = "fedcba9876543210fedcba9876543210";

const production = {
  ENVIRONMENT: "production",
  PUBLIC_URL: "https://auth.example.test",
  AUTH_SECRET: SECRET,
  MAIL_FROM: "Otter Desk <desk@meadow.example>",
};
const development = {
  ...production,
  ENVIRONMENT: "development",
  PUBLIC_URL: "http://localhost:8787",
};

/** What settings are refused with. */
function refusal(variables: object): string {
  try {
    loadSettings(variables);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
  throw new Error("the settings were accepted");
}

const without = (name: keyof typeof production) => {
  const { [name]: _, ...rest } = production;
  return rest;
};

/** Values that must never be repeated. */
const TELLTALE = "s3cr3t-tell-tale";

describe("right settings", () => {
  it("need no more than four variables; the rest has its defaults", () => {
    expect(loadSettings(production)).toEqual({
      development: false,
      publicUrl: "https://auth.example.test",
      authSecret: SECRET,
      authSecretPrevious: null,
      previousIsLeaked: false,
      mailFrom: "Otter Desk <desk@meadow.example>",
      mail: { transport: "send_email" },
      passwordMinLength: 8,
      passwordIterations: 600_000,
      passwordFailuresBeforeDelay: 10,
      passwordFailuresBeforeClosing: 100,
      mailsPerHour: 5,
      mailSuppressionDays: 14,
      wrongUserCodes: 5,
      wrongUserCodesOfAll: 10_000,
      sessionCap: 10,
      breachedPasswordsUrl: null,
      auditRetentionDays: 400,
      logOneIn: 1,
    });
  });

  it("are read from text, as variables are", () => {
    const settings = loadSettings({
      ...production,
      AUTH_SECRET_PREVIOUS: OTHER_SECRET,
      PASSWORD_MIN_LENGTH: "15",
      PASSWORD_ITERATIONS: "700000",
      PASSWORD_FAILURES_BEFORE_DELAY: "3",
      PASSWORD_FAILURES_BEFORE_CLOSING: "50",
      MAILS_PER_HOUR: "2",
      WRONG_USER_CODES: "3",
      WRONG_USER_CODES_OF_ALL: "200",
      AUDIT_RETENTION_DAYS: "90",
      LOG_ONE_IN: "50",
      BREACHED_PASSWORDS_URL: "https://range.example.test/",
    });
    expect(settings).toMatchObject({
      authSecretPrevious: OTHER_SECRET,
      passwordMinLength: 15,
      passwordIterations: 700_000,
      passwordFailuresBeforeDelay: 3,
      passwordFailuresBeforeClosing: 50,
      mailsPerHour: 2,
      wrongUserCodes: 3,
      wrongUserCodesOfAll: 200,
      auditRetentionDays: 90,
      logOneIn: 50,
      breachedPasswordsUrl: "https://range.example.test/",
    });
  });

  it("optional ones may be left empty", () => {
    const settings = loadSettings({
      ...production,
      AUTH_SECRET_PREVIOUS: "",
      BREACHED_PASSWORDS_URL: "",
    });
    expect(settings).toMatchObject({ authSecretPrevious: null, breachedPasswordsUrl: null });
  });

  it("bindings and variables that are somebody else's are passed over", () => {
    expect(loadSettings({ ...production, DB: {}, SOMETHING: "else" })).not.toHaveProperty("DB");
  });

  it.each([
    ["https://auth.example.test/", "https://auth.example.test"],
    ["https://AUTH.example.test", "https://auth.example.test"],
    ["https://auth.example.test:443", "https://auth.example.test"],
    ["https://auth.example.test:8443", "https://auth.example.test:8443"],
  ])("the public URL is kept as its origin: %s", (PUBLIC_URL, publicUrl) => {
    expect(loadSettings({ ...production, PUBLIC_URL }).publicUrl).toBe(publicUrl);
  });
});

describe("the master secret", () => {
  const advice =
    'Run "openssl rand -hex 32 | npx wrangler secret put AUTH_SECRET"; on a laptop, remove its line from .dev.vars and run "npm run dev".';

  it("that is missing is named, with what to run", () => {
    expect(refusal(without("AUTH_SECRET"))).toBe(`AUTH_SECRET is missing. ${advice}`);
  });

  it.each(["", "x", TELLTALE, SECRET.slice(1)])(
    "that is shorter than 32 characters is named, and never repeated: %j",
    (AUTH_SECRET) => {
      expect(refusal({ ...production, AUTH_SECRET })).toBe(
        `AUTH_SECRET is shorter than 32 characters. ${advice}`,
      );
    },
  );

  it("before it is held to the same length, under its own name", () => {
    for (const name of ["AUTH_SECRET_PREVIOUS", "AUTH_SECRET_LEAKED"]) {
      expect(refusal({ ...production, [name]: TELLTALE })).toBe(
        `${name} is shorter than 32 characters. ${advice.replace("AUTH_SECRET", name)}`,
      );
    }
  });

  it("before it may be one that leaked, and is one or the other", () => {
    expect(loadSettings({ ...production, AUTH_SECRET_LEAKED: OTHER_SECRET })).toMatchObject({
      authSecretPrevious: OTHER_SECRET,
      previousIsLeaked: true,
    });
    expect(
      refusal({
        ...production,
        AUTH_SECRET_PREVIOUS: OTHER_SECRET,
        AUTH_SECRET_LEAKED: OTHER_SECRET,
      }),
    ).toBe(
      'AUTH_SECRET_PREVIOUS and AUTH_SECRET_LEAKED are both set. Keep one: run "npx wrangler secret delete" with the name of the other.',
    );
  });

  it("that is set as the one before itself, on the way to a new one, is none before", () => {
    const settings = loadSettings({ ...production, AUTH_SECRET_PREVIOUS: SECRET });
    expect(settings).toMatchObject({ authSecret: SECRET, authSecretPrevious: null });
  });
});

describe("wrong settings are refused by name, with what to do, and without their value", () => {
  it.each([
    ["ENVIRONMENT", undefined, 'must be "production" or "development"'],
    ["ENVIRONMENT", "", 'must be "production" or "development"'],
    ["ENVIRONMENT", `staging-${TELLTALE}`, 'must be "production" or "development"'],
    ["ENVIRONMENT", "Production", 'must be "production" or "development"'],
    ["PUBLIC_URL", undefined, "must be the URL at which people reach this service"],
    [
      "PUBLIC_URL",
      `ftp://${TELLTALE}.example`,
      "must be the URL at which people reach this service",
    ],
    ["PUBLIC_URL", "javascript:alert(1)", "must be the URL at which people reach this service"],
    ["PUBLIC_URL", `https://auth.example.test/${TELLTALE}`, "must have no path"],
    ["PUBLIC_URL", `https://auth.example.test/?${TELLTALE}`, "must have no path"],
    ["MAIL_FROM", undefined, "is missing"],
    ["MAIL_FROM", "", "must have an address"],
    ["MAIL_FROM", TELLTALE, "must have an address"],
    ["MAIL_FROM", `Desk\r\nBcc: ${TELLTALE} <desk@meadow.example>`, "must have an address"],
    ["MAIL_FROM", `Desk <desk@meadow.example>\r\n${TELLTALE}`, "must have an address"],
    ["BREACHED_PASSWORDS_URL", TELLTALE, "must be a URL"],
  ])("%s = %j", (name, value, issue) => {
    const message = refusal({ ...production, [name]: value });
    expect(message).toBe(`${name} ${issue}. Set it in wrangler.toml.`);
    expect(message).not.toContain(TELLTALE);
  });

  it.each(["", "auth.example.test", `${TELLTALE}.example`, "https://", "//auth.example.test"])(
    "PUBLIC_URL = %j, which is no URL at all",
    (PUBLIC_URL) => {
      expect(refusal({ ...production, PUBLIC_URL })).toBe(
        "PUBLIC_URL must be the URL at which people reach this service. Set it in wrangler.toml.",
      );
    },
  );

  it.each([
    ["PASSWORD_MIN_LENGTH", 8, 64],
    ["PASSWORD_FAILURES_BEFORE_DELAY", 3, 100],
    ["PASSWORD_FAILURES_BEFORE_CLOSING", 10, 100],
    ["MAILS_PER_HOUR", 1, 100],
    ["MAIL_SUPPRESSION_DAYS", 1, 365],
    ["WRONG_USER_CODES", 1, 10],
    ["WRONG_USER_CODES_OF_ALL", 100, 1_000_000],
    ["PASSWORD_ITERATIONS", 1, 10_000_000],
  ])("%s is a whole number from %d to %d", (name, least, most) => {
    const wrong = (value: string) => refusal({ ...development, [name]: value });
    expect(() => loadSettings({ ...development, [name]: String(least) })).not.toThrow();
    expect(() => loadSettings({ ...development, [name]: String(most) })).not.toThrow();
    expect(wrong(String(least - 1))).toBe(
      `${name} must be at least ${least}. Set it in wrangler.toml.`,
    );
    expect(wrong(String(most + 1))).toBe(
      `${name} must be at most ${most}. Set it in wrangler.toml.`,
    );
    expect(wrong("-1")).toBe(`${name} must be at least ${least}. Set it in wrangler.toml.`);
    expect(wrong("")).toBe(`${name} must be at least ${least}. Set it in wrangler.toml.`);
    expect(wrong(`${least}.5`)).toBe(`${name} must be a whole number. Set it in wrangler.toml.`);
    for (const garbage of [TELLTALE, "NaN", "ten", "8 or so", "8px"]) {
      expect(wrong(garbage)).toBe(`${name} must be a number. Set it in wrangler.toml.`);
    }
    expect(wrong("Infinity")).toMatch(new RegExp(`^${name} must be a .*number\\. Set it in`));
  });

  it("only the first of several is told: one sentence says what to do next", () => {
    const message = refusal({});
    expect(message).toMatch(/^ENVIRONMENT /);
    expect(message).not.toContain("PUBLIC_URL");
  });
});

describe("who carries letters", () => {
  const smtp = { MAIL_TRANSPORT: "smtp", SMTP_HOST: "smtp.meadow.example" };
  const login = { SMTP_USERNAME: "desk", SMTP_PASSWORD: "p4ss:word" };
  const resend = { MAIL_TRANSPORT: "resend", RESEND_API_KEY: "re_1234567890" };
  const mailOf = (variables: object) => loadSettings({ ...production, ...variables }).mail;

  it.each([
    [{}, { transport: "send_email" }],
    [{ MAIL_TRANSPORT: "" }, { transport: "send_email" }],
    [{ MAIL_TRANSPORT: "send_email" }, { transport: "send_email" }],
    [
      { ...smtp, ...login },
      {
        transport: "smtp",
        host: "smtp.meadow.example",
        port: 587,
        tls: "starttls",
        login: { username: "desk", password: "p4ss:word" },
        timeoutSeconds: 60,
      },
    ],
    [
      { ...smtp, SMTP_PORT: "465" },
      { port: 465, tls: "implicit", login: null },
    ],
    [
      { ...smtp, SMTP_PORT: "2465", SMTP_TLS: "implicit" },
      { port: 2465, tls: "implicit" },
    ],
    [resend, { transport: "resend", apiKey: "re_1234567890", url: "https://api.resend.com" }],
    [{ ...resend, RESEND_URL: "https://relay.example/" }, { url: "https://relay.example" }],
  ])("is chosen: %j", (variables, mail) => {
    expect(mailOf(variables)).toMatchObject(mail);
  });

  it("is a mailbox in development, or a server on the same machine without TLS", () => {
    const local = { ...development, ...smtp, SMTP_HOST: "localhost", SMTP_TLS: "none" };
    expect(loadSettings(development).mail).toEqual({ transport: "mailbox" });
    expect(loadSettings(local).mail).toMatchObject({ transport: "smtp", tls: "none" });
  });

  const inToml = "Set it in wrangler.toml.";
  const asSecret = (name: string) =>
    `Run "npx wrangler secret put ${name}"; on a laptop, write it into .dev.vars.`;

  it.each([
    [
      { MAIL_TRANSPORT: TELLTALE },
      `MAIL_TRANSPORT must be "send_email", "smtp" or "resend". ${inToml}`,
    ],
    [
      { MAIL_TRANSPORT: "mailbox" },
      `MAIL_TRANSPORT "mailbox" is for development: letters would reach nobody. ${inToml}`,
    ],
    [{ MAIL_TRANSPORT: "smtp" }, `SMTP_HOST is missing. ${inToml}`],
    [
      { ...smtp, SMTP_HOST: `https://${TELLTALE}/` },
      `SMTP_HOST must be the name of a host alone. ${inToml}`,
    ],
    [
      { ...smtp, SMTP_PORT: "25" },
      `SMTP_PORT must be 587 or 465: no Worker gets through to port 25. ${inToml}`,
    ],
    [{ ...smtp, SMTP_TLS: TELLTALE }, `SMTP_TLS must be "implicit" or "starttls". ${inToml}`],
    [{ ...smtp, SMTP_USERNAME: "desk" }, `SMTP_PASSWORD is missing. ${asSecret("SMTP_PASSWORD")}`],
    [{ ...smtp, SMTP_PASSWORD: TELLTALE }, `SMTP_USERNAME is missing. ${inToml}`],
    [
      { ...smtp, ...login, SMTP_PASSWORD: `\0${TELLTALE}` },
      `SMTP_PASSWORD must have no NUL in it. ${asSecret("SMTP_PASSWORD")}`,
    ],
    [{ ...smtp, SMTP_TIMEOUT_SECONDS: "0" }, `SMTP_TIMEOUT_SECONDS must be at least 1. ${inToml}`],
    [{ MAIL_TRANSPORT: "resend" }, `RESEND_API_KEY is missing. ${asSecret("RESEND_API_KEY")}`],
    [
      { ...resend, RESEND_API_KEY: `two\r\nlines ${TELLTALE}` },
      `RESEND_API_KEY must be a key as Resend shows it. ${asSecret("RESEND_API_KEY")}`,
    ],
    [
      { ...resend, RESEND_WEBHOOK_SECRET: `whsec_${TELLTALE}` },
      `RESEND_WEBHOOK_SECRET must be a signing secret as Resend shows it, which begins with whsec_. ${asSecret("RESEND_WEBHOOK_SECRET")}`,
    ],
    [
      { ...resend, RESEND_URL: "http://relay.example" },
      "RESEND_URL must begin with https:. Remove it from wrangler.toml.",
    ],
  ])("is refused with what to do, and without a value: %j", (variables, message) => {
    expect(refusal({ ...production, ...variables })).toBe(message);
  });

  it.each([
    [development, "smtp.meadow.example"],
    [development, "localhost.meadow.example"],
    [production, "localhost"],
  ])("is given letters without TLS on this machine alone", (base, SMTP_HOST) => {
    expect(refusal({ ...base, ...smtp, SMTP_HOST, SMTP_TLS: "none" })).toBe(
      'SMTP_TLS "none" is for a server on this machine, in development: anybody on the way could read letters. Remove it from wrangler.toml.',
    );
  });
});

describe("development", () => {
  it.each([
    "http://localhost:8787",
    "http://127.0.0.1:8787",
    "http://[::1]:8787",
    "https://localhost:8787",
  ])("is let run on a loopback address: %s", (PUBLIC_URL) => {
    expect(loadSettings({ ...development, PUBLIC_URL }).development).toBe(true);
  });

  it.each([
    "https://auth.example.test",
    "http://auth.example.test",
    "http://localhost.attacker.example",
    "http://localhost@attacker.example",
    "http://mylocalhost:8787",
    "http://0.0.0.0:8787",
    "http://192.168.1.10:8787",
    "http://10.0.0.1",
    "http://[2001:db8::1]:8787",
  ])("is refused where others could reach its mailbox: %s", (PUBLIC_URL) => {
    expect(refusal({ ...development, PUBLIC_URL })).toBe(
      'ENVIRONMENT is "development" but PUBLIC_URL is not a loopback address. Set ENVIRONMENT to "production" in wrangler.toml.',
    );
  });
});

describe("production", () => {
  it.each(["http://auth.example.test", "http://localhost:8787", "HTTP://auth.example.test"])(
    "is refused without TLS: %s",
    (PUBLIC_URL) => {
      expect(refusal({ ...production, PUBLIC_URL })).toBe(
        "PUBLIC_URL must begin with https:. Set it in wrangler.toml.",
      );
    },
  );

  it.each(["1", "1000", "599999"])("is refused with cheap password hashes: %s", (count) => {
    expect(refusal({ ...production, PASSWORD_ITERATIONS: count })).toBe(
      "PASSWORD_ITERATIONS must be at least 600000. Remove it from wrangler.toml.",
    );
  });

  it("is let run with more than the least", () => {
    const PASSWORD_ITERATIONS = "1200000";
    expect(loadSettings({ ...production, PASSWORD_ITERATIONS }).passwordIterations).toBe(1_200_000);
  });
});

describe("a Worker with wrong settings", () => {
  const broken: Record<string, [object, string]> = {
    "no secret": [
      { AUTH_SECRET: undefined },
      'AUTH_SECRET is missing. Run "openssl rand -hex 32 | npx wrangler secret put AUTH_SECRET"; on a laptop, remove its line from .dev.vars and run "npm run dev".',
    ],
    "a short secret": [
      { AUTH_SECRET: TELLTALE },
      'AUTH_SECRET is shorter than 32 characters. Run "openssl rand -hex 32 | npx wrangler secret put AUTH_SECRET"; on a laptop, remove its line from .dev.vars and run "npm run dev".',
    ],
    "development in public": [
      { PUBLIC_URL: "https://auth.example.test" },
      'ENVIRONMENT is "development" but PUBLIC_URL is not a loopback address. Set ENVIRONMENT to "production" in wrangler.toml.',
    ],
  };

  async function fetch(variables: object, path: string, method: string): Promise<Response> {
    const request = new Request<unknown, IncomingRequestCfProperties>(
      `https://auth.example.test${path}`,
      { method },
    );
    const bindings: Bindings = { ...env, ...variables };
    return worker.fetch(request, bindings, createExecutionContext());
  }

  it.each(Object.entries(broken))(
    "says what to set, whatever is asked: %s",
    async (_, [change, message]) => {
      const log = logLines();
      const asked = [
        ["GET", "/"],
        ["GET", "/health"],
        ["GET", "/health/ready"],
        ["GET", "/.well-known/jwks.json"],
        ["GET", "/dev/mailbox"],
        ["GET", "/no/such/route"],
        ["POST", "/api/login"],
        ["OPTIONS", "/api/login"],
      ] as const;
      for (const [method, path] of asked) {
        const response = await fetch(change, path, method);
        expect([path, response.status, await response.text()]).toEqual([
          path,
          503,
          `Latchkey cannot start: ${message}\n`,
        ]);
      }
      expect(log.parsed()).toEqual(asked.map(() => ({ level: "error", error: message })));
      expect(log.text()).not.toContain(TELLTALE);
    },
  );

  it("WEB-01: says it with all protection there is", async () => {
    logLines();
    const { headers } = await fetch({ AUTH_SECRET: undefined }, "/", "GET");
    expect(Object.fromEntries(headers)).toEqual({
      ...PROTECTION,
      "cache-control": "no-store",
      "content-type": "text/plain; charset=UTF-8",
    });
  });

  it("says what to set where the public URL has no scheme", async () => {
    logLines();
    const response = await fetch({ PUBLIC_URL: "auth.example.test" }, "/", "GET");
    expect(response.status).toBe(503);
  });

  it("runs as soon as they are right: nothing of the failure is kept", async () => {
    const log = logLines();
    expect((await fetch({ AUTH_SECRET: undefined }, "/health", "GET")).status).toBe(503);
    expect((await fetch({}, "/health", "GET")).status).toBe(200);
    expect(log.parsed()).toHaveLength(2);
  });
});
