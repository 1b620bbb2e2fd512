import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { CONTRACT_NAMES } from "../../../src/core/admin/client-rules.ts";
import { issueTokens } from "../../../src/core/session/issue-tokens.ts";
import { plainSession } from "../../../src/core/session/new-session.ts";
import { terms as oauth } from "../../../src/oauth/terms.ts";
import { terms as pages } from "../../../src/pages/terms.ts";
import { tables } from "../../../src/surfaces/index.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { askToken, contextFor } from "../../support/oauth.ts";
import { sha256Hex } from "../../support/oauth-clients.ts";
import { somebody } from "../../support/people.ts";
import { startPostOffice } from "../../support/post-office.ts";
import { documented } from "../../support/reference.ts";
import { countRows } from "../../support/rows.ts";
import { newTenant } from "../../support/tenants.ts";
import { writeEvent } from "../../support/write-event.ts";
import {
  A_TIME,
  ADMINS_ONLY,
  type BackOffice,
  backOffice,
  clientToken,
  conflict,
  FORBIDDEN,
  OUT_OF_REACH,
  refusal,
  type Staff,
  said,
  somebodyLike,
  staff,
} from "./back-office.ts";

let office: BackOffice;
let boss: Staff & { bearer: string };

beforeEach(async () => {
  office = backOffice();
  boss = await staff(office);
});

const unknown = (what: string) => refusal(404, "not_found", `There is no such ${what}.`);
const as = (endpoint: string, body?: object, bearer = boss.bearer) =>
  office.ask(endpoint, { bearer, ...(body && { body }) });
const mark = () => crypto.randomUUID().slice(0, 8);

async function eventOf(target: string) {
  return env.DB.prepare(
    "SELECT event, actor_id AS actor, subject FROM audit_events WHERE account_id = ? ORDER BY rowid DESC",
  )
    .bind(target)
    .first();
}

describe("what is the operators' alone", () => {
  it.each(["GET /tenants", "GET /clients", "GET /tenants/default", "GET /clients/x"])(
    "ADM-01: %s is closed to an admin of the default tenant, and to another tenant's superadmin",
    async (endpoint) => {
      const helper = await staff(office, "admin");
      const { slug, tenantId } = await newTenant();
      const other = await staff(office, "superadmin", { tenantId });

      expect(said(await as(endpoint, undefined, helper.bearer))).toEqual(ADMINS_ONLY);
      expect(said(await as(`${endpoint}?tenant=${slug}`, undefined, other.bearer))).toEqual(
        ADMINS_ONLY,
      );
    },
  );

  it("ADM-01: takes each its own scope of a client", async () => {
    const tenants = await clientToken(office, ["admin:tenants"]);
    const clients = await clientToken(office, ["admin:clients"]);

    expect((await as("GET /tenants", undefined, tenants.bearer)).status).toBe(200);
    expect(said(await as("GET /tenants", undefined, clients.bearer))).toEqual(FORBIDDEN);
    expect((await as("GET /clients", undefined, clients.bearer)).status).toBe(200);
    expect(said(await as("GET /clients", undefined, tenants.bearer))).toEqual(FORBIDDEN);
  });
});

describe("/admin/tenants", () => {
  it("makes one, which is served at once, and writes down who did", async () => {
    const slug = `t-${mark()}`;

    const answer = await as("POST /tenants", { slug, name: "Acme", registration: "closed" });

    expect(said(answer)).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        slug,
        name: "Acme",
        registration: "closed",
        brand_name: null,
        brand_color: null,
        brand_logo: null,
        brand_logo_type: null,
        has_logo: false,
        sender_name: null,
        reply_to: null,
        created_at: A_TIME,
      },
    });
    expect(said(await as(`GET /tenants/${slug}`)).body).toEqual(answer.body);
    expect(
      (await office.service.ask(`/${slug}/api/v1/auth/setup-status`, { method: "GET" })).status,
    ).toBe(200);
    expect(await eventOf(`tenant:${slug}`)).toEqual({
      event: "tenant-created",
      actor: boss.id,
      subject: null,
    });
  });

  it("makes it closed unless it says open: a stranger could be the first in it", async () => {
    const firstIn = async (more: object) => {
      const slug = `t-${mark()}`;
      const made = await as("POST /tenants", { slug, name: "Acme", ...more });
      const stranger = { ...somebody(), first_name: "Robin", last_name: "Example" };
      const path = `/${slug}/api/v1/auth/register`;
      const { status } = await office.service.ask(path, { body: stranger });
      return [made.body.registration, status];
    };

    expect(await firstIn({})).toEqual(["closed", 403]);
    expect(await firstIn({ registration: "open" })).toEqual(["open", 201]);
  });

  it("refuses a slug that is taken, reserved or none", async () => {
    const { slug } = await newTenant();

    expect(said(await as("POST /tenants", { slug, name: "x" }))).toEqual(
      conflict("There is a tenant of that slug."),
    );
    for (const bad of ["oauth", "Acme", "a", "-a", "a b", ""]) {
      expect((await as("POST /tenants", { slug: bad, name: "x" })).status).toBe(400);
    }
  });

  it("changes what is named and leaves the rest", async () => {
    const { slug } = await newTenant();
    const first = await as(`PATCH /tenants/${slug}`, {
      ...{ registration: "closed", brand_name: "Acme Desk", brand_color: "#0b5a54" },
    });
    const second = await as(`PATCH /tenants/${slug}`, { name: "Acme", brand_name: null });

    expect(first.body).toMatchObject({ name: slug, registration: "closed" });
    expect(second.body).toEqual({ ...first.body, name: "Acme", brand_name: null });
    expect(said(await as(`GET /tenants/${slug}`)).body).toEqual(second.body);
    expect(await eventOf(`tenant:${slug}`)).toMatchObject({
      event: "tenant-changed",
      subject: "name, brandName",
    });
  });

  it("takes a logo by what is in it, which the page shows then, and takes it away", async () => {
    const { slug, tenantId } = await newTenant();
    const set = (brand_logo: string | null) => as(`PATCH /tenants/${slug}`, { brand_logo });
    const logo = async () =>
      (await startPostOffice().ports.tenants.findBrand(tenantId)).logo?.mediaType ?? null;
    for (const [bytes, mediaType] of [
      ["\x89PNG\r\n\x1a\n and so on", "image/png"],
      ["RIFF\x10\0\0\0WEBPVP8L", "image/webp"],
      ['<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>', "image/svg+xml"],
    ] as const) {
      const { status, body } = await set(btoa(bytes));
      expect([status, body.has_logo, body.brand_logo_type]).toEqual([200, true, mediaType]);
      expect(body.brand_logo).toBe(btoa(bytes));
      expect((await as(`GET /tenants/${slug}`)).body).toEqual(body);
      expect(await logo()).toBe(mediaType);
    }
    expect(await eventOf(`tenant:${slug}`)).toMatchObject({ subject: "brandLogo" });

    const without = await set(null);
    expect([without.body.has_logo, without.body.brand_logo]).toEqual([false, null]);
    expect(await logo()).toBeNull();
  });

  it("has one version for one image, as `set-brand` gives it, and another for another", async () => {
    const { slug, tenantId } = await newTenant();
    const set = async (brand_logo: string) => {
      await as(`PATCH /tenants/${slug}`, { brand_logo });
      return (await startPostOffice().ports.tenants.findBrand(tenantId)).logo?.version;
    };
    const one = await set(btoa("<svg/>"));

    expect(one).toBe((await sha256Hex("<svg/>")).slice(0, 12));
    expect(await set(btoa("<svg />"))).not.toBe(one);
    expect(await set(btoa("<svg/>"))).toBe(one);
  });

  it.each([
    ["no base64", "<svg/>"],
    ["base64 with a space in it", `${btoa("<svg/>").slice(0, 4)} ${btoa("<svg/>").slice(4)}`],
    ["base64 that ends in bits of nothing", `${btoa("<svg/> ").slice(0, -3)}B==`],
    ["an image of another kind", btoa("GIF89a")],
    ["nothing", ""],
    ["what is too large", btoa(`<svg>${" ".repeat(8192 - 10)}</svg>`)],
    ["what is far too large", btoa(" ".repeat(20_000))],
    ["an SVG with a script", btoa("<svg><script>alert(1)</script></svg>")],
    ["an SVG with a handler", btoa('<svg onload="alert(1)"/>')],
    ["an SVG that leads elsewhere", btoa('<svg><use href="https://a.test/x#y"/></svg>')],
    ["an SVG with an entity", btoa('<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>')],
  ])("refuses a logo that is %s, in words that have none of it", async (_, brand_logo) => {
    const { slug } = await newTenant();

    expect(said(await as(`PATCH /tenants/${slug}`, { name: "x", brand_logo }))).toEqual(
      refusal(
        400,
        "invalid_request",
        "The request is not valid. brand_logo must be a PNG, a WebP or an SVG of shapes alone, of 8192 bytes at most, in base64.",
      ),
    );
    expect((await as(`GET /tenants/${slug}`)).body).toMatchObject({ name: slug, has_logo: false });
  });

  it("has letters come from a name, and answers go to an address, or not any more", async () => {
    const { slug, tenantId } = await newTenant();
    const settings = () => startPostOffice().ports.tenants.findLetterSettings(tenantId);
    const sender = { sender_name: "Acme", reply_to: "help@acme.test" };
    const words = { texts: { de: { invitation: { action: "Los" } } } };
    await env.DB.prepare("UPDATE tenants SET letters = ? WHERE id = ?")
      .bind(JSON.stringify(words), tenantId)
      .run();

    const changed = await as(`PATCH /tenants/${slug}`, sender);
    expect(changed.body).toMatchObject(sender);
    expect(await settings()).toMatchObject({ senderName: "Acme", replyTo: "help@acme.test" });
    expect(await eventOf(`tenant:${slug}`)).toMatchObject({ subject: "senderName, replyTo" });

    const second = await as(`PATCH /tenants/${slug}`, { sender_name: null });
    expect(second.body).toEqual({ ...changed.body, sender_name: null });
    expect(await settings()).toMatchObject({ senderName: null, ...words });
  });

  it.each([{ sender_name: "Acme" }, { reply_to: "help@acme.test" }, { reply_to: null }])(
    "ADM-03: lets no client say %j",
    async (sender) => {
      const { slug } = await newTenant();
      const { bearer } = await clientToken(office, ["admin:tenants"]);
      const change = (body: object) =>
        office.ask(`PATCH /tenants/${slug}`, { bearer, body: { name: "Acme", ...body } });

      expect(said(await change(sender))).toEqual(OUT_OF_REACH);
      expect((await as(`GET /tenants/${slug}`)).body).toMatchObject({ name: slug, reply_to: null });
      expect((await change({})).status).toBe(200);
    },
  );

  it.each([
    [{ sender_name: "me@bank.test" }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: "Acme <a" }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: "Acme\r\nBcc: x" }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: "" }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: "x".repeat(61) }, "sender_name must have 1 to 60 plain characters"],
    [{ sender_name: 1 }, "sender_name must be a text."],
    [{ reply_to: "help" }, "reply_to must be an e-mail address."],
    [{ reply_to: "a@b.test, c@d.test" }, "reply_to must be an e-mail address."],
    [{ reply_to: "a@b.test\r\nBcc: c@d.test" }, "reply_to must be an e-mail address."],
  ])("refuses %j", async (body, issue) => {
    const { slug } = await newTenant();
    const answer = await as(`PATCH /tenants/${slug}`, body);

    expect(answer.status).toBe(400);
    expect(answer.body.error_description).toContain(issue);
  });

  it("opens one for registration once it has a superadmin, and not before", async () => {
    const { slug, tenantId } = await newTenant({ slug: `t-${mark()}`, selfRegistration: false });
    const open = async () => said(await as(`PATCH /tenants/${slug}`, { registration: "open" }));

    expect(await open()).toEqual(
      conflict(
        "The tenant has no superadmin: whoever registered first would be it. Make one, then open it.",
      ),
    );
    expect((await as(`GET /tenants/${slug}`)).body.registration).toBe("closed");
    expect(await countRows("audit_events", "account_id = ?", `tenant:${slug}`)).toBe(0);

    await staff(office, "superadmin", { tenantId });
    expect(await open()).toMatchObject({ status: 200, body: { registration: "open" } });
    expect(await open()).toMatchObject({ status: 200, body: { registration: "open" } });
  });

  it("keeps one open that has no superadmin yet: the first to register is to be it", async () => {
    const { slug } = await newTenant();
    const { status, body } = await as(`PATCH /tenants/${slug}`, { registration: "open" });

    expect([status, body.registration]).toEqual([200, "open"]);
  });

  it("lists them page by page, and knows none that is not there", async () => {
    const slugs = ["a", "b", "c"].map((one) => `zz-${one}-${mark()}`);
    for (const slug of slugs) {
      await newTenant({ slug });
    }
    const first = await as("GET /tenants?cursor=zz&limit=2");
    const second = await as(`GET /tenants?cursor=${first.body.next_cursor}&limit=2`);

    const listed = [first, second].flatMap(({ body }) =>
      body.tenants.map(({ slug }: { slug: string }) => slug),
    );
    expect(listed).toEqual(slugs);
    expect(second.body.next_cursor).toBeNull();
    expect(said(await as("GET /tenants/nobody"))).toEqual(unknown("tenant"));
    expect(said(await as("PATCH /tenants/nobody", {}))).toEqual(unknown("tenant"));
  });
});

describe("/admin/clients", () => {
  const service = { grants: ["client_credentials"], scopes: ["orders:read"], confidential: true };
  const token = (id: string, secret: string) =>
    askToken(office.service, { grant_type: "client_credentials" }, { basic: [id, secret] });

  it("registers one, whose secret is shown once and works", async () => {
    const id = `c-${mark()}`;

    const { status, body } = await as("POST /clients", { id, name: "Orders", ...service });

    const { client_secret, ...shown } = body;
    expect(status).toBe(201);
    expect(shown).toEqual({
      id,
      name: "Orders",
      owner: null,
      grants: ["client_credentials"],
      scopes: ["orders:read"],
      redirect_uris: [],
      resources: [],
      confidential: true,
      first_party: false,
      same_place: null,
      created_at: A_TIME,
    });
    expect((await token(id, client_secret)).status).toBe(200);
    expect((await as(`GET /clients/${id}`)).body).toEqual(shown);
    expect(await countRows("clients", "secret_hash = ?", client_secret)).toBe(0);
    expect(await eventOf(`client:${id}`)).toMatchObject({ event: "client-created" });
  });

  it("takes the example of the reference as it stands, and answers as is shown there", async () => {
    const { requestBody, responses } = documented("POST", "/admin/clients")?.operation ?? {};
    const example = requestBody?.content["application/json"]?.example;
    const shown = responses?.["201"]?.content?.["application/json"]?.example;

    const answer = await as("POST /clients", example as object);

    const made = { created_at: A_TIME, client_secret: expect.any(String) };
    expect(said(answer)).toEqual({ status: 201, body: { ...(shown as object), ...made } });
  });

  it("says of a new one when it was made by the store's clock, whatever ours says", async () => {
    stopClock();
    passSeconds(60);
    const id = `c-${mark()}`;

    const made = await as("POST /clients", { id, name: "Orders", ...service });

    const { body } = await as(`GET /clients/${id}`);
    expect(made.body.created_at).toBe(body.created_at);
  });

  it("gives it another secret, after which the first is none", async () => {
    const id = `c-${mark()}`;
    const made = await as("POST /clients", { id, name: "Orders", ...service });
    const rotated = await as(`POST /clients/${id}/secret`);

    expect(rotated.status).toBe(200);
    expect((await token(id, rotated.body.client_secret)).status).toBe(200);
    expect((await token(id, made.body.client_secret)).status).toBe(401);
    expect(await eventOf(`client:${id}`)).toMatchObject({ event: "client-secret-rotated" });
  });

  it.each([
    [{ grants: ["password"] }, "grants.0 must be of"],
    [{ grants: ["client_credentials"] }, "confidential must be true for client_credentials."],
    [{ grants: [] }, "confidential must be true for a client without grants"],
    [{ grants: ["refresh_token"] }, "grants must have one that refresh_token goes on with."],
    [{ grants: ["authorization_code"] }, "redirect_uris must be there with authorization_code"],
    [
      { grants: ["authorization_code"], redirect_uris: ["http://a.test/cb"] },
      "redirect_uris.0 must be a redirect URI.",
    ],
    [
      {
        grants: ["authorization_code"],
        redirect_uris: ["http://127.0.0.1/cb"],
        first_party: true,
      },
      "first_party takes redirect URIs with https alone.",
    ],
    [{ ...service, resources: ["orders"] }, "resources.0 must be a resource."],
    [{ ...service, same_place: "country" }, "same_place is about the device code grant."],
    [{ ...service, id: "-x" }, "id must be up to 64 letters"],
    [{ ...service, name: " " }, "name must have 1 to 200 characters on one line."],
  ])("TOK-10: refuses %j", async (body, issue) => {
    const answer = await as("POST /clients", { id: `c-${mark()}`, name: "x", ...body });

    expect(answer.status).toBe(400);
    expect(answer.body.error_description).toContain(issue);
  });

  it("refuses an id that is taken, and leaves the client as it is", async () => {
    const id = `c-${mark()}`;
    const made = await as("POST /clients", { id, name: "Orders", ...service });

    expect(said(await as("POST /clients", { id, name: "Other", ...service }))).toEqual(
      conflict("There is a client of that id."),
    );
    expect((await token(id, made.body.client_secret)).status).toBe(200);
  });

  it("changes what is named", async () => {
    const id = `c-${mark()}`;
    const made = await as("POST /clients", { id, name: "Orders", ...service });
    const { client_secret: _, ...before } = made.body;

    const changed = await as(`PATCH /clients/${id}`, { name: "Sales", scopes: ["sales:read"] });

    expect(changed.body).toEqual({
      ...before,
      name: "Sales",
      scopes: ["sales:read"],
      created_at: A_TIME,
    });
    expect((await as(`GET /clients/${id}`)).body).toEqual(changed.body);
    expect(
      (await as(`PATCH /clients/${id}`, { redirect_uris: ["https://a.test/cb"] })).status,
    ).toBe(400);
  });

  it("ADM-03: a client gives no other client, and takes from none, what it has not itself", async () => {
    const weak = await clientToken(office, ["admin:clients"]);
    const strong = await clientToken(office, ["admin:accounts"]);
    const id = `c-${mark()}`;
    const made = { id, name: "x", ...service };

    const power = { ...made, scopes: ["admin:accounts"] };
    expect(said(await as("POST /clients", power, weak.bearer))).toEqual(OUT_OF_REACH);
    expect((await as("POST /clients", made, weak.bearer)).status).toBe(201);
    for (const [endpoint, body] of [
      [`PATCH /clients/${id}`, { scopes: ["admin:tenants"] }],
      [`PATCH /clients/${strong.clientId}`, { name: "y" }],
      [`POST /clients/${strong.clientId}/secret`, undefined],
      [`DELETE /clients/${strong.clientId}`, undefined],
    ] as const) {
      expect(said(await as(endpoint, body, weak.bearer))).toEqual(OUT_OF_REACH);
    }
  });

  it("ADM-03: a client neither makes nor touches one that gets people's tokens unasked", async () => {
    const { bearer } = await clientToken(office, ["admin:clients"]);
    const id = `c-${mark()}`;
    const web = { name: "Shop", grants: ["authorization_code"], scopes: ["openid"] };
    const asked = { ...web, redirect_uris: ["https://shop.test/cb"] };
    const ours = { id, ...asked, first_party: true };

    expect(said(await as("POST /clients", ours, bearer))).toEqual(OUT_OF_REACH);
    expect((await as("POST /clients", ours)).status).toBe(201);
    for (const [endpoint, body] of [
      [`PATCH /clients/${id}`, { redirect_uris: ["https://elsewhere.test/cb"] }],
      [`DELETE /clients/${id}`, undefined],
    ] as const) {
      expect(said(await as(endpoint, body, bearer))).toEqual(OUT_OF_REACH);
    }
    const theirs = await as("POST /clients", { id: `${id}-2`, ...asked }, bearer);
    expect(theirs.status).toBe(201);
  });

  it("takes no contract's name for one: its tokens would pass for the contract's", async () => {
    const all = [...tables.map(({ terms }) => terms), oauth, pages];

    expect(CONTRACT_NAMES).toEqual(all.map(({ contract }) => contract).sort());
    for (const id of CONTRACT_NAMES) {
      expect((await as("POST /clients", { id, name: "x", ...service })).status).toBe(400);
    }
  });

  it("writes down in the default tenant what is done to one, whichever tenant was named", async () => {
    const { slug } = await newTenant();
    const id = `c-${mark()}`;
    await as(`POST /clients?tenant=${slug}`, { id, name: "x", ...service });

    const events = async (at: string) => (await as(`GET /events${at}`)).body.events.length;
    expect(await events(`?account=client:${id}`)).toBe(1);
    expect(await events(`?tenant=${slug}`)).toBe(0);
  });

  it("REV-02: removes one, with which every session that was opened for it ends", async () => {
    const id = `c-${mark()}`;
    await as("POST /clients", {
      ...{ id, name: "TV", scopes: ["openid"] },
      grants: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
    });
    const access = await sessionFor(id);
    const isLive = async () =>
      (await office.service.ask("/oauth/userinfo", { method: "GET", bearer: access })).status;
    expect(await isLive()).toBe(200);

    expect((await as(`DELETE /clients/${id}`)).status).toBe(204);

    expect(await isLive()).toBe(401);
    expect(said(await as(`GET /clients/${id}`))).toEqual(unknown("client"));
    // Nor does it come back to life with another one of the id.
    await as("POST /clients", { ...{ id, name: "Other" }, ...service });
    expect(await isLive()).toBe(401);
  });

  it("knows none that is not there, and no secret of a public one", async () => {
    const id = `c-${mark()}`;
    await as("POST /clients", {
      ...{ id, name: "TV", scopes: [] },
      grants: ["urn:ietf:params:oauth:grant-type:device_code"],
    });

    expect(said(await as(`POST /clients/${id}/secret`))).toEqual(
      conflict("The client is public: it has no secret."),
    );
    for (const endpoint of ["GET /clients/x-x", "PATCH /clients/x-x", "DELETE /clients/x-x"]) {
      const body = endpoint.startsWith("PATCH") ? {} : undefined;
      expect(said(await as(endpoint, body))).toEqual(unknown("client"));
    }
  });

  /** The access token of a session that somebody opened for a client. */
  async function sessionFor(clientId: string) {
    const person = await somebodyLike();
    const context = { ...contextFor(office.service), terms: oauth };
    const session = { ...plainSession(context, person), clientId, scope: "openid" };
    const opened = await context.sessions.openApproved(session, {
      at: new Date(),
      bySessionId: null,
    });
    if (!opened) {
      throw new Error("no session was opened");
    }
    return (await issueTokens(context, opened.session, person)).access;
  }
});

describe("keys", () => {
  const insertKey = async (accountId: string, kind: "api" | "service", tenantId: string) => {
    const id = crypto.randomUUID();
    await env.DB.prepare(
      "INSERT INTO keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at) VALUES (?1, ?2, ?3, ?4, 'nightly', 'p', ?1, '[]', 0)",
    )
      .bind(id, tenantId, accountId, kind)
      .run();
    return id;
  };

  it("are listed and revoked: an account's and the tenant's", async () => {
    const person = await somebodyLike();
    const own = await insertKey(person.id, "api", person.tenantId);
    const service = await insertKey(boss.id, "service", person.tenantId);
    const idsOf = async (endpoint: string) =>
      (await as(endpoint)).body.keys.map(({ id }: { id: string }) => id);

    expect(await idsOf(`GET /accounts/${person.id}/keys`)).toEqual([own]);
    expect(await idsOf("GET /keys")).toContain(service);
    for (const id of [own, service]) {
      expect((await as(`DELETE /keys/${id}`)).status).toBe(204);
      expect(said(await as(`DELETE /keys/${id}`))).toEqual(unknown("key"));
    }
    expect(await idsOf(`GET /accounts/${person.id}/keys`)).toEqual([]);
    expect(await eventOf(person.id)).toEqual({
      event: "key-revoked",
      actor: boss.id,
      subject: "nightly",
    });
  });

  it("ADM-03: of a superadmin are out of an admin's reach, and of another tenant nobody's", async () => {
    const helper = await staff(office, "admin");
    const key = await insertKey(boss.id, "api", boss.tenantId);
    const { tenantId } = await newTenant();
    const elsewhere = await insertKey((await somebodyLike({ tenantId })).id, "api", tenantId);

    expect(said(await as(`DELETE /keys/${key}`, undefined, helper.bearer))).toEqual(OUT_OF_REACH);
    expect(said(await as(`DELETE /keys/${elsewhere}`))).toEqual(unknown("key"));
  });
});

describe("GET /admin/events", () => {
  it("lists what happened in the tenant alone, by account, actor and name", async () => {
    const { slug, tenantId } = await newTenant();
    const person = await somebodyLike({ tenantId });
    await as(`PATCH /accounts/${person.id}?tenant=${slug}`, { disabled: true });
    await as(`PATCH /accounts/${person.id}?tenant=${slug}`, { disabled: false });
    const list = async (more = "") =>
      (await as(`GET /events?tenant=${slug}${more}`)).body.events.map(
        ({ event }: { event: string }) => event,
      );

    expect((await list()).sort()).toEqual(["account-disabled", "account-enabled"]);
    expect(await list("&event=account-disabled")).toEqual(["account-disabled"]);
    expect(await list(`&account=${person.id}&actor=${boss.id}`)).toHaveLength(2);
    expect(await list("&actor=client:nobody")).toEqual([]);
    expect(await list("&event=key-made")).toEqual([]);
    expect((await as(`GET /events?tenant=${slug}&cursor=x`)).status).toBe(400);
  });

  it("ADM-01: tells of tenants, clients and signing keys to who runs the service alone", async () => {
    stopClock();
    const slug = `t-${mark()}`;
    await as("POST /tenants", { slug, name: "Acme" });
    await as("POST /clients", { id: slug, name: "Acme's", grants: [], confidential: true });
    const withdrawn = { event: "signing-key-withdrawn", actorId: "operator", accountId: "" };
    await writeEvent(office.service, "", withdrawn);
    const helper = await staff(office, "admin");
    const log = await clientToken(office, ["admin:audit"]);
    const told = async (bearer: string, query = "limit=100") =>
      (await as(`GET /events?${query}`, undefined, bearer)).body.events.map(
        ({ event }: { event: string }) => event,
      );
    const deeds = ["client-created", "signing-key-withdrawn", "tenant-created"];

    const seen = await told(helper.bearer);
    // Their own sign-in is there to be seen.
    expect(seen).toContain("signed-in");
    expect(seen.filter((event: string) => deeds.includes(event))).toEqual([]);
    expect(await told(helper.bearer, `account=tenant:${slug}`)).toEqual([]);
    expect(await told(helper.bearer, "event=client-created")).toEqual([]);
    for (const bearer of [boss.bearer, log.bearer]) {
      expect(await told(bearer)).toEqual(expect.arrayContaining(deeds));
      expect(await told(bearer, `account=tenant:${slug}`)).toEqual(["tenant-created"]);
    }
  });
});
