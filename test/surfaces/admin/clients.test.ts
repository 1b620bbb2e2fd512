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
import { documented } from "../../support/reference.ts";
import { countRows } from "../../support/rows.ts";
import { newTenant } from "../../support/tenants.ts";
import {
  A_TIME,
  type BackOffice,
  CLIENT_OUT_OF_REACH,
  clientToken,
  conflict,
  lastEventOf,
  mark,
  type StaffedOffice,
  said,
  somebodyLike,
  staffedOffice,
  unknown,
} from "./back-office.ts";

let office: BackOffice;
let as: StaffedOffice["as"];

beforeEach(async () => {
  ({ office, as } = await staffedOffice());
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
    expect(await lastEventOf(`client:${id}`)).toMatchObject({ event: "client-created" });
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
    const clock = () =>
      env.DB.prepare("SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now").first<number>(
        "now",
      );

    const before = await clock();
    const made = await as("POST /clients", { id, name: "Orders", ...service });
    const after = await clock();

    const { body } = await as(`GET /clients/${id}`);
    expect(made.body.created_at).toBe(body.created_at);
    const createdAt = Date.parse(body.created_at);
    expect(createdAt).toBeGreaterThanOrEqual(before ?? 0);
    expect(createdAt).toBeLessThanOrEqual(after ?? 0);
  });

  it("gives it another secret, after which the first is none", async () => {
    const id = `c-${mark()}`;
    const made = await as("POST /clients", { id, name: "Orders", ...service });
    const rotated = await as(`POST /clients/${id}/secret`);

    expect(rotated.status).toBe(200);
    expect((await token(id, rotated.body.client_secret)).status).toBe(200);
    expect((await token(id, made.body.client_secret)).status).toBe(401);
    expect(await lastEventOf(`client:${id}`)).toMatchObject({ event: "client-secret-rotated" });
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
      conflict("client_taken", "There is a client of that id, or was one until two minutes ago."),
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
    expect(said(await as("POST /clients", power, weak.bearer))).toEqual(CLIENT_OUT_OF_REACH);
    expect((await as("POST /clients", made, weak.bearer)).status).toBe(201);
    for (const [endpoint, body] of [
      [`PATCH /clients/${id}`, { scopes: ["admin:tenants"] }],
      [`PATCH /clients/${strong.clientId}`, { name: "y" }],
      [`POST /clients/${strong.clientId}/secret`, undefined],
      [`DELETE /clients/${strong.clientId}`, undefined],
    ] as const) {
      expect(said(await as(endpoint, body, weak.bearer))).toEqual(CLIENT_OUT_OF_REACH);
    }
  });

  it("ADM-03: a client neither makes nor touches one that gets people's tokens unasked", async () => {
    const { bearer } = await clientToken(office, ["admin:clients"]);
    const id = `c-${mark()}`;
    const web = { name: "Shop", grants: ["authorization_code"], scopes: ["openid"] };
    const asked = { ...web, redirect_uris: ["https://shop.test/cb"] };
    const ours = { id, ...asked, first_party: true };

    expect(said(await as("POST /clients", ours, bearer))).toEqual(CLIENT_OUT_OF_REACH);
    expect((await as("POST /clients", ours)).status).toBe(201);
    for (const [endpoint, body] of [
      [`PATCH /clients/${id}`, { redirect_uris: ["https://elsewhere.test/cb"] }],
      [`DELETE /clients/${id}`, undefined],
    ] as const) {
      expect(said(await as(endpoint, body, bearer))).toEqual(CLIENT_OUT_OF_REACH);
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
    passSeconds(121);
    const made = await as("POST /clients", { ...{ id, name: "Other" }, ...service });
    expect(made.status).toBe(201);
    expect(await isLive()).toBe(401);
  });

  it("is made again after two minutes, for which the secret of the one before may be known", async () => {
    stopClock();
    const client = { ...{ id: `c-${mark()}`, name: "Feed" }, ...service };
    await as("POST /clients", client);
    await as(`DELETE /clients/${client.id}`);

    passSeconds(120);
    expect((await as("POST /clients", client)).status).toBe(409);
    passSeconds(1);
    expect((await as("POST /clients", client)).status).toBe(201);
  });

  it("knows none that is not there, and no secret of a public one", async () => {
    const id = `c-${mark()}`;
    await as("POST /clients", {
      ...{ id, name: "TV", scopes: [] },
      grants: ["urn:ietf:params:oauth:grant-type:device_code"],
    });

    expect(said(await as(`POST /clients/${id}/secret`))).toEqual(
      conflict("client_public", "The client is public: it has no secret."),
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
