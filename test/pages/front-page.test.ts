import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { developmentClients } from "../../scripts/development-clients.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients, tenants } from "../../src/storage/d1/schema.ts";
import { Browser, type Page } from "../support/browser.ts";
import { mailTo, VERIFY } from "../support/mail.ts";
import { startService, type TestService } from "../support/service.ts";
import { closeRegistration } from "../support/tenants.ts";

/** They lead to signing in, and back. */
const NEEDS_SIGN_IN = ["/account", "/device"];

const PRODUCTION = {
  ENVIRONMENT: "production",
  PUBLIC_URL: "https://auth.example.test",
  PASSWORD_ITERATIONS: "600000",
};

describe("in development", () => {
  const service = startService();
  let page: Page;

  beforeAll(async () => {
    await openDatabase(env.DB)
      .insert(clients)
      .values(
        developmentClients.map(({ id, name, grants, scopes, redirectUris }) => ({
          tenantId: DEFAULT_TENANT_ID,
          id,
          name,
          grants: [...grants],
          scopes: [...scopes],
          redirectUris: [...redirectUris],
          createdAt: new Date(0),
        })),
      );
    page = await new Browser(service).open("/");
  });

  it("says what runs and what there is to see", () => {
    expect(page.title).toBe("Welcome – Latchkey");
    expect(page.lines.slice(0, 2)).toEqual([
      "Latchkey is running",
      "An authentication service, in development. It speaks OAuth 2.0 (/oauth), Planasonix (/api), Launcher (/api/v1), CREDEBL (/auth), Pionne (/api/auth) and Planpoint (/api/users) over one account store.",
    ]);
    expect(linksOf(page)).toEqual([
      "/dev/mailbox",
      "/device",
      "/signin",
      "/account",
      "/docs",
      "/health",
      "/.well-known/oauth-authorization-server",
      "/.well-known/jwks.json",
    ]);
  });

  it("links to nothing that does not answer", async () => {
    for (const path of linksOf(page)) {
      const { status } = await new Browser(service).open(path);
      expect([path, status]).toEqual([path, NEEDS_SIGN_IN.includes(path) ? 303 : 200]);
    }
  });

  it("shows three lines that work in a shell, one after the other", async () => {
    const answers = [];
    for (const line of page.lines.filter((line) => line.startsWith("curl "))) {
      answers.push(await run(service, line));
    }

    expect(answers).toEqual([
      { status: 201, body: { success: true, message: expect.any(String) } },
      {
        status: 200,
        body: {
          accessToken: expect.any(String),
          refreshToken: expect.stringMatching(/^plnx_rt_/),
          expiresIn: 3600,
          tokenType: "Bearer",
          user: {
            id: expect.stringMatching(/^usr_[0-9a-f]{32}$/),
            email: "ada@example.com",
            name: "Ada Lovelace",
            emailVerified: false,
          },
        },
      },
      {
        status: 200,
        body: {
          deviceCode: expect.any(String),
          userCode: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
          verificationUri: "http://localhost:8787/device",
          verificationUriComplete: expect.stringMatching(/\/device\?user_code=[B-Z]{4}-[B-Z]{4}$/),
          expiresIn: 900,
          interval: 5,
        },
      },
    ]);
    await mailTo(service, "ada@example.com", VERIFY);
  });

  it("shows lines for the address at which it runs", async () => {
    const elsewhere = startService({ PUBLIC_URL: "http://127.0.0.1:4321" });

    const { lines } = await new Browser(elsewhere).open("/");

    const asked = lines.filter((line) => line.startsWith("curl "));
    expect(asked).toHaveLength(3);
    for (const line of asked) {
      expect(line).toMatch(/^curl http:\/\/127\.0\.0\.1:4321\/api\//);
    }
  });
});

describe("in production", () => {
  const production = startService(PRODUCTION);

  it("leads to the pages and shows nothing of how it is made", async () => {
    const page = await new Browser(production).open("/");

    expect(page.lines).toEqual([
      "Latchkey",
      "Sign-in for apps and devices.",
      "Sign in",
      "Create an account",
      "Your account",
      "Connect a device",
    ]);
    expect(linksOf(page)).toEqual(["/signin", "/register", "/account", "/device"]);
  });

  it("offers no account where nobody may make one", async () => {
    await closeRegistration();

    expect(linksOf(await new Browser(production).open("/"))).toEqual([
      "/signin",
      "/account",
      "/device",
    ]);
  });

  it("has no mailbox, as a page or as JSON", async () => {
    for (const path of ["/dev/mailbox", "/dev/mailbox.json", "/dev/mailbox/", "/dev"]) {
      expect((await new Browser(production).open(path)).status, path).toBe(404);
    }
    expect(production.mailbox).toBeNull();
  });

  it("carries the name of the tenant, as text", async () => {
    const named = startService(PRODUCTION);
    await openDatabase(env.DB).update(tenants).set({ name: "Ada & <Sons>" });

    const { lines, title } = await new Browser(named).open("/");

    expect([lines[0], title]).toEqual(["Ada & <Sons>", "Welcome – Ada & <Sons>"]);
  });
});

function linksOf({ elements }: Page): string[] {
  return elements.flatMap(({ tag, attributes: { href } }) =>
    tag === "a" && href && href !== "/" ? href : [],
  );
}

/** Does what a shell and curl make of such a line: quotes end at quotes, and data is posted. */
async function run(service: TestService, line: string) {
  const [, url = "", header = "", data = ""] =
    line.match(/^curl ([^\s'"]+) -H '([^']+)' -d '([^']+)'$/) ?? [];
  const [name = "", value = ""] = header.split(": ");
  const request = new Request(url, { method: "POST", headers: { [name]: value }, body: data });
  const response = await service.fetch(request);
  return { status: response.status, body: await response.json() };
}
