import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { clients } from "../../../src/storage/d1/schema.ts";
import { admin } from "../../../src/surfaces/admin/contract.ts";
import { planpoint } from "../../conformance/drivers/planpoint.ts";
import { createdKey } from "../../support/api-keys.ts";
import { registerClients } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { disableAccount } from "../../support/disabled.ts";
import { member } from "../../support/members.ts";
import { signedIn } from "../../support/people.ts";
import { startPostOffice } from "../../support/post-office.ts";
import { startService } from "../../support/service.ts";
import { newTenant } from "../../support/tenants.ts";
import {
  ADMINS_ONLY,
  BAD_TOKEN,
  type BackOffice,
  backOffice,
  clientToken,
  closedTo,
  FORBIDDEN,
  lacking,
  refusal,
  said,
  somebodyLike,
  staff,
} from "./back-office.ts";

const db = openDatabase(env.DB);
const UUID = "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21";
const STALE = refusal(
  401,
  ["insufficient_user_authentication", "sign_in_stale"],
  "Sign in again: this takes a sign-in of the last ten minutes.",
  'Bearer error="insufficient_user_authentication", max_age="600"',
);
let office: BackOffice;
/** Of a superadmin's device that may read profiles alone. */
let narrowDevice: string;

beforeAll(async () => {
  await registerClients();
  office = backOffice();
  narrowDevice = await deviceToken(["profile:read"]);
});

/** Every row of the table, asked for something that nobody has. */
const rows = Object.values(admin.routes).map(([endpoint]) => endpoint.replace(" /admin", " "));
const askFor = (row: string, bearer?: string) => {
  const endpoint = row.replaceAll(/:\w+/g, UUID);
  return office.ask(endpoint, { ...(bearer && { bearer }) });
};

/** What opens a row: where several scopes do, the one that opens least. */
function scopesOf(row: string): string[] {
  if (/^POST \/webhooks($|.*\/secret)/.test(row)) {
    return ["admin:tenants", "admin:audit"];
  }
  const [, scope] = SCOPES.find(([path]) => path.test(row)) ?? [];
  return [scope ?? "admin:tenants"];
}
const SCOPES: readonly [RegExp, string][] = [
  [/\/keys/, "admin:keys"],
  [/^GET \/accounts/, "admin:accounts:read"],
  [/\/accounts/, "admin:accounts"],
  [/\/events/, "admin:audit"],
  [/\/clients/, "admin:clients"],
];

describe.each(rows)("%s", (row) => {
  it("ADM-01: asks who sends nothing for a token, and refuses one that is none", async () => {
    expect(said(await askFor(row))).toEqual(
      refusal(
        401,
        ["invalid_token", "unauthenticated"],
        "Send an access token as Bearer.",
        "Bearer",
      ),
    );
    expect(said(await askFor(row, "not-a-token"))).toEqual(BAD_TOKEN);
  });

  it("ADM-01: is closed to a user, before anything else of the request is looked at", async () => {
    const { bearer } = await staff(office, "user");

    expect(said(await askFor(row, bearer))).toEqual(closedTo(row));
  });

  it("ADM-01, RS-02: is closed to a client and a device without the scope, and names it", async () => {
    const client = await clientToken(office, ["admin:nothing" as never]);
    const refused = lacking(...scopesOf(row));

    expect(said(await askFor(row, client.bearer))).toEqual(refused);
    expect(said(await askFor(row, narrowDevice))).toEqual(refused);
  });

  it("ADM-01: is closed to an account that has to change its password first", async () => {
    const { bearer } = await staff(office, "superadmin", { mustResetPassword: true });

    expect(said(await askFor(row, bearer))).toEqual(
      refusal(
        401,
        ["invalid_token", "password_change_required"],
        "The account has to change its password first.",
        'Bearer error="invalid_token"',
      ),
    );
  });
});

/** What rows demand that do not do without. */
const BODIES: Readonly<Record<string, object>> = {
  "POST /accounts": { email: "x@example.test" },
  "POST /tenants": { slug: "some-tenant", name: "x" },
  "PUT /tenants/:slug/letters/:kind/:language": { subject: "x" },
  "PUT /tenants/:slug/front-ends/:alias": { url: "https://studio.example.com" },
  "POST /webhooks": { url: "https://hooks.example.com/in" },
  "POST /clients": { id: "some-client", name: "x", grants: [], confidential: true },
};

describe.each(rows.filter((row) => !row.startsWith("GET")))("%s", (row) => {
  it("ADM-02: takes a person's sign-in of the last ten minutes (RFC 9470)", async () => {
    stopClock();
    const { bearer } = await staff(office);
    passSeconds(601);

    const body = BODIES[row] ?? {};
    const endpoint = row.replaceAll(/:\w+/g, UUID);
    expect(said(await office.ask(endpoint, { bearer, body }))).toEqual(STALE);
  });
});

describe("an administrator", () => {
  it.each(["admin", "superadmin"] as const)("who is %s may look", async (role) => {
    const { bearer } = await staff(office, role);

    expect((await office.ask("GET /accounts", { bearer })).status).toBe(200);
  });

  it("ADM-02: may look for as long as the session lives", async () => {
    stopClock();
    const { bearer } = await staff(office);
    passSeconds(3000);

    expect((await office.ask("GET /accounts", { bearer })).status).toBe(200);
  });

  it("is out at once when disabled or demoted", async () => {
    const [disabled, demoted] = [await staff(office), await staff(office)];
    await disableAccount(disabled.email);
    await env.DB.prepare("UPDATE accounts SET role = 'user' WHERE id = ?").bind(demoted.id).run();

    expect(said(await office.ask("GET /accounts", disabled))).toEqual(BAD_TOKEN);
    expect(said(await office.ask("GET /accounts", demoted))).toEqual(ADMINS_ONLY);
  });

  it("ADM-01: is not whoever impersonates one", async () => {
    const service = startService();
    const [boss, target] = [await member(service), await member(service)];
    await setRole(boss.email, "superadmin");
    await setRole(target.email, "admin");
    const { accessToken } = await signedIn(service, boss);
    const { body } = await service.ask<{ access_token: string }>("/api/users/login", {
      bearer: accessToken,
      body: { username: target.email, impersonate: true },
    });

    expect(said(await office.ask("GET /accounts", { bearer: body.access_token }))).toEqual(
      FORBIDDEN,
    );
  });

  it("ADM-01: is not who brings an administrator's API key", async () => {
    const service = startService();
    const person = await member(service);
    await setRole(person.email, "superadmin");
    const { accessToken } = await signedIn(service, person);
    const { key } = await createdKey(service, accessToken, { scopes: ["profile:read"] });

    expect(said(await office.ask("GET /accounts", { bearer: key }))).toEqual(BAD_TOKEN);
  });

  it("comes by a token of any contract", async () => {
    const service = startService();
    const person = await member(service);
    await setRole(person.email, "admin");
    const driver = planpoint.connect(service);
    const signed = await driver.signIn(person);

    expect(signed).toMatchObject({ accessToken: expect.any(String) });
    const { accessToken } = signed as { accessToken: string };
    expect((await office.ask("GET /accounts", { bearer: accessToken })).status).toBe(200);
  });

  it("ADM-02: on a device is as recent as the sign-in that approved it", async () => {
    stopClock();
    const bearer = await deviceToken(["admin:accounts"], "superadmin", 601);
    const { id } = await somebodyLike();

    expect((await office.ask(`GET /accounts/${id}`, { bearer })).status).toBe(200);
    expect(said(await office.ask(`DELETE /accounts/${id}`, { bearer }))).toEqual(STALE);
  });

  it("brings a token in the header alone", async () => {
    const { bearer } = await staff(office);

    const answer = await office.ask(`GET /accounts?access_token=${bearer}`);

    expect(answer.status).toBe(400);
  });
});

describe("a client with a token of its own", () => {
  it("may look with the scope to look, and not change anything", async () => {
    const { bearer } = await clientToken(office, ["admin:accounts:read"]);
    const { id } = await somebodyLike();

    expect((await office.ask(`GET /accounts/${id}`, { bearer })).status).toBe(200);
    expect(said(await office.ask(`DELETE /accounts/${id}`, { bearer }))).toEqual(
      lacking("admin:accounts"),
    );
  });

  it("may change users with the scope to change, however old its token is, and nobody above them", async () => {
    stopClock();
    const { bearer } = await clientToken(office, ["admin:accounts"]);
    const [user, boss] = [await somebodyLike(), await somebodyLike({ role: "admin" })];
    passSeconds(800);

    const body = { disabled: true };
    expect((await office.ask(`PATCH /accounts/${user.id}`, { bearer, body })).status).toBe(200);
    expect((await office.ask(`PATCH /accounts/${boss.id}`, { bearer, body })).status).toBe(403);
  });

  it("ADM-01: may no more than it is registered for by now", async () => {
    const { bearer, clientId } = await clientToken(office, ["admin:accounts"]);
    await db
      .update(clients)
      .set({ scopes: ["admin:audit"] })
      .where(eq(clients.id, clientId));

    // Another isolate, which does not remember the client as it was.
    expect(said(await backOffice().ask("GET /accounts", { bearer }))).toEqual(
      lacking("admin:accounts:read"),
    );
  });

  it("is out at once when it is removed", async () => {
    const { bearer, clientId } = await clientToken(office, ["admin:accounts"]);
    await db.delete(clients).where(eq(clients.id, clientId));

    expect(said(await office.ask("GET /accounts", { bearer }))).toEqual(BAD_TOKEN);
  });
});

describe("another tenant", () => {
  it("ADM-01: is reached by its own administrators, and they reach no other", async () => {
    const { slug, tenantId } = await newTenant();
    const { bearer } = await staff(office, "admin", { tenantId });

    expect((await office.ask(`GET /accounts?tenant=${slug}`, { bearer })).status).toBe(200);
    expect(said(await office.ask("GET /accounts", { bearer }))).toEqual(BAD_TOKEN);
    const { slug: other } = await newTenant();
    expect(said(await office.ask(`GET /accounts?tenant=${other}`, { bearer }))).toEqual(BAD_TOKEN);
  });

  it("ADM-01: is reached by a superadmin of the default one, and by no admin of it", async () => {
    const { slug, tenantId } = await newTenant();
    const { email } = await somebodyLike({ tenantId });
    const [boss, helper] = [await staff(office, "superadmin"), await staff(office, "admin")];

    const { body } = await office.ask(`GET /accounts?tenant=${slug}`, boss);

    expect(body.accounts.map((account: { email: string }) => account.email)).toEqual([email]);
    expect(said(await office.ask(`GET /accounts?tenant=${slug}`, helper))).toEqual(FORBIDDEN);
  });

  it("ADM-01: is reached by a client with the scope for tenants beside its own", async () => {
    const { slug } = await newTenant();
    const without = await clientToken(office, ["admin:accounts"]);
    const beside = await clientToken(office, ["admin:accounts", "admin:tenants"]);

    expect(said(await office.ask(`GET /accounts?tenant=${slug}`, without))).toEqual(
      lacking("admin:tenants"),
    );
    expect((await office.ask(`GET /accounts?tenant=${slug}`, beside)).status).toBe(200);
  });

  it("has to be there", async () => {
    const { bearer } = await staff(office);

    expect(said(await office.ask("GET /accounts?tenant=nobody", { bearer }))).toEqual(
      refusal(404, ["not_found", "route_unknown"], "There is nothing here."),
    );
  });
});

it("stops whoever asks without end", async () => {
  const { bearer } = await staff(office);
  const closed = backOffice(
    startPostOffice({ REQUEST_FENCE: { limit: async () => ({ success: false }) } }),
  );

  const answer = await closed.ask("GET /accounts", { bearer });

  expect(answer.headers.get("retry-after")).toBe("60");
  expect(said(answer)).toEqual(
    refusal(
      429,
      ["temporarily_unavailable", "rate_limited"],
      "Too many requests. Try again later.",
    ),
  );
});

async function setRole(email: string, role: string) {
  await env.DB.prepare("UPDATE accounts SET role = ? WHERE email = ?").bind(role, email).run();
}

/** What a device gets that somebody of a role approved, a while after they signed in. */
async function deviceToken(scopes: string[], role = "superadmin", waitSeconds = 0) {
  const service = startService();
  const person = await member(service);
  await setRole(person.email, role);
  const { accessToken } = await signedIn(service, person);
  await env.DB.prepare("UPDATE clients SET scopes = ? WHERE id = 'test-tv'")
    .bind(JSON.stringify(["openid", "profile", "profile:read", "admin:accounts"]))
    .run();
  waitSeconds > 0 && passSeconds(waitSeconds);
  const { userCode, deviceCode } = await startedDevice(service, { scopes });
  await decide(service, accessToken, { userCode });
  return (await poll(service, deviceCode)).body.accessToken;
}
