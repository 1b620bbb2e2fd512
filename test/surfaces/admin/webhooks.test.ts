import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { countRows } from "../../support/rows.ts";
import { startService } from "../../support/service.ts";
import { newTenant } from "../../support/tenants.ts";
import {
  type Received,
  receiver,
  SECRET,
  storedWebhook,
  storeWebhook,
} from "../../support/webhooks.ts";
import { writeEvent } from "../../support/write-event.ts";
import {
  A_TIME,
  type BackOffice,
  backOffice,
  clientToken,
  conflict,
  eventsOf,
  invalid,
  lacking,
  OPERATORS_ONLY,
  type SignedIn,
  type StaffedOffice,
  said,
  staff,
  staffedOffice,
  unknown,
} from "./back-office.ts";

const HOOK = "https://hooks.example.com:8443/services/T0/not-for-the-log";
const A_SECRET = expect.stringMatching(/^whsec_[\w+/]{43}=$/);
const UNKNOWN = unknown("webhook");
const BLIND = lacking("admin:tenants", "admin:audit");
const NOBODY = "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21";

let office: BackOffice;
let boss: SignedIn;
let as: StaffedOffice["as"];

beforeEach(async () => {
  stopClock();
  ({ office, boss, as } = await staffedOffice());
  await env.DB.exec("DELETE FROM webhooks");
});

const made = async (body: object = {}, tenant = "") =>
  (await as(`POST /webhooks${tenant}`, { url: HOOK, ...body })).body;
const told = async (id: string) => (await eventsOf(`webhook:${id}`)).map(({ event }) => event);

describe("POST /admin/webhooks", () => {
  it("makes one, whose secret is shown once, is sealed and signs what it hears", async () => {
    const answer = await as("POST /webhooks", { url: HOOK, events: ["key-made", "key-made"] });

    const { webhook_secret, ...shown } = answer.body;
    expect(answer.status).toBe(201);
    expect(webhook_secret).toEqual(A_SECRET);
    expect(shown).toEqual({
      id: expect.any(String),
      url: HOOK,
      events: ["key-made"],
      seals_behind: 0,
      failing_since: null,
      problem: null,
      retry_at: null,
      disabled_at: null,
      previous_secret_until: null,
      created_at: A_TIME,
    });
    expect((await as("GET /webhooks")).body).toEqual({ webhooks: [shown], next_cursor: null });
    const { secret } = await storedWebhook(shown.id);
    expect(secret).toMatch(/^[\w-]{8}\.[\w-]+$/);
    expect(await office.service.ports.vault.open("webhook-secret", String(secret))).toBe(
      webhook_secret,
    );

    const received = await hear("signed-in", "key-made");
    expect(received.map(({ url }) => url)).toEqual([HOOK]);
    const [{ body, headers }] = received as [Received];
    expect(new Webhook(webhook_secret).verify(body, headers)).toMatchObject({ type: "key-made" });
  });

  it("hears all where nothing is said of it, and of nothing that was before", async () => {
    await writeEvent(office.service, "a", { event: "signed-in" });
    await office.service.sealEvents();

    expect(await made()).toMatchObject({ events: null, seals_behind: 0 });
    expect(await made({ events: null })).toMatchObject({ events: null });
  });

  it("writes down who did, in its tenant, of its address the host alone", async () => {
    const { slug, tenantId } = await newTenant();
    const { id } = await made({}, `?tenant=${slug}`);

    expect(await eventsOf(`webhook:${id}`)).toEqual([
      { event: "webhook-created", actor: boss.id, subject: "hooks.example.com:8443" },
    ]);
    expect(
      await countRows("audit_events", "tenant_id = ? AND event = 'webhook-created'", tenantId),
    ).toBe(1);
    expect((await as(`GET /webhooks?tenant=${slug}`)).body.webhooks).toHaveLength(1);
    expect((await as("GET /webhooks")).body.webhooks).toEqual([]);
  });

  it.each([
    ["http://api.example.com/", "is not https"],
    ["ftp://api.example.com/", "is not https"],
    ["https://me:secret@api.example.com/", "has a name or password in it"],
    ["https://api.example.com/#x", "has a fragment"],
    ["https://10.0.0.1/", "names a machine by its number"],
    ["https://0x0a.1/", "names a machine by its number"],
    ["https://[::ffff:10.0.0.1]/", "names a machine by its number"],
    ["https://169.254.169.254./", "names a machine by its number"],
    ["https://hooks..example.com/", "has a name with a dot too many"],
    ["https://metadata.google.internal/", "is not public"],
    ["https://intranet/", "is not public"],
    ["api.example.com", "is not an address"],
    ["", "is not an address"],
  ])("refuses %s, as the command does", async (url, issue) => {
    expect(said(await as("POST /webhooks", { url }))).toEqual(invalid(`url ${issue}.`));
    expect(await countRows("webhooks", "url <> ?", "")).toBe(0);
  });

  it("takes an address on the machine itself in development, and nowhere else", async () => {
    const local = { url: "http://127.0.0.1:8791/" };
    const { status } = await as("POST /webhooks", local);
    const deployed = startService({
      ...{ ENVIRONMENT: "production", PUBLIC_URL: "https://auth.example.com" },
      PASSWORD_ITERATIONS: "600000",
    });
    const online = backOffice(deployed);
    const { bearer } = await staff(online);

    expect(status).toBe(201);
    expect(said(await online.ask("POST /webhooks", { bearer, body: local }))).toEqual(
      invalid("url is not https."),
    );
  });

  it("refuses an address that is too long to be one", async () => {
    const url = `https://api.example.com/${"x".repeat(2048)}`;

    expect(said(await as("POST /webhooks", { url }))).toEqual(
      invalid("url must have at most 2048 characters."),
    );
  });

  it.each([
    [{ events: ["signed-up"] }, "events.0 must be an event of the audit log, such as signed-in."],
    [{ events: [] }, "events must have at least one entry, or be null for all."],
    [{ events: "key-made" }, "events must be a list of events."],
    [{ url: 1 }, "url must be a text."],
    [{ secret: SECRET }, "body has 'secret', unknown here: it takes url, events."],
  ])("refuses %j", async (body, issue) => {
    expect(said(await as("POST /webhooks", { url: HOOK, ...body }))).toEqual(invalid(issue));
  });

  it("makes twenty for a tenant at most, also of those that are asked for at once", async () => {
    const { slug } = await newTenant();
    for (let count = 0; count < 19; count++) {
      await storeWebhook(`many-${count}`);
    }
    passSeconds(1);
    const before = Date.now() - 1;
    const full = conflict(
      "too_many_webhooks",
      "The tenant has twenty webhooks already. Remove one first.",
    );

    const answers = await Promise.all(
      Array.from({ length: 4 }, () => as("POST /webhooks", { url: HOOK })),
    );

    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(said)).toEqual([full, full, full]);
    expect(await countRows("webhooks", "url = ?", HOOK)).toBe(1);
    const [one] = answers.filter(({ status }) => status === 201);
    expect(await told(one?.body.id)).toEqual(["webhook-created"]);
    expect(await countRows("audit_events", "event = 'webhook-created' AND at > ?", before)).toBe(1);
    expect((await as(`POST /webhooks?tenant=${slug}`, { url: HOOK })).status).toBe(201);
    await as(`DELETE /webhooks/${one?.body.id}`);
    expect((await as("POST /webhooks", { url: HOOK })).status).toBe(201);
  });

  it("ADM-03: hands the audit log to nobody for a client that may not read it", async () => {
    const [blind, seeing] = await Promise.all([
      clientToken(office, ["admin:tenants"]),
      clientToken(office, ["admin:tenants", "admin:audit"]),
    ]);

    expect(said(await as("POST /webhooks", { url: HOOK }, blind.bearer))).toEqual(BLIND);
    expect(await countRows("webhooks", "url = ?", HOOK)).toBe(0);
    expect((await as("POST /webhooks", { url: HOOK }, seeing.bearer)).status).toBe(201);
  });

  it("ADM-03: gives no secret, to sign what never happened with, to a client that may not read the log", async () => {
    const { id } = await made();
    const [blind, seeing] = await Promise.all([
      clientToken(office, ["admin:tenants"]),
      clientToken(office, ["admin:tenants", "admin:audit"]),
    ]);
    const secret = `POST /webhooks/${id}/secret`;

    expect(said(await as(secret, undefined, blind.bearer))).toEqual(BLIND);
    expect((await as(secret, undefined, seeing.bearer)).status).toBe(200);
  });
});

describe("whose webhooks are", () => {
  it.each([
    "GET /webhooks",
    "POST /webhooks",
    `POST /webhooks/${NOBODY}/secret`,
    `POST /webhooks/${NOBODY}/enable`,
    `DELETE /webhooks/${NOBODY}`,
  ])(
    "ADM-01: %s is the operators' alone, and not a tenant's own superadmin's",
    async (endpoint) => {
      const helper = await staff(office, "admin");
      const { slug, tenantId } = await newTenant();
      const other = await staff(office, "superadmin", { tenantId });
      const body = endpoint === "POST /webhooks" ? { url: HOOK } : undefined;

      expect(said(await as(endpoint, body, helper.bearer))).toEqual(OPERATORS_ONLY);
      expect(said(await as(`${endpoint}?tenant=${slug}`, body, other.bearer))).toEqual(
        OPERATORS_ONLY,
      );
    },
  );

  it("one of another tenant than is named is none", async () => {
    const { slug } = await newTenant();
    const { id } = await made({}, `?tenant=${slug}`);

    for (const row of [
      `POST /webhooks/${id}/secret`,
      `POST /webhooks/${id}/enable`,
      `DELETE /webhooks/${id}`,
    ]) {
      expect(said(await as(row))).toEqual(UNKNOWN);
      expect(said(await as(row.replace(id, NOBODY)))).toEqual(UNKNOWN);
    }
    expect(await told(id)).toEqual(["webhook-created"]);
    expect((await as(`DELETE /webhooks/${id}?tenant=${slug}`)).status).toBe(204);
  });
});

it("lists them page by page, as they were made, and says what is wrong with each", async () => {
  const ids: string[] = [];
  for (let count = 0; count < 3; count++) {
    passSeconds(1);
    ids.push((await made()).id);
  }
  await env.DB.prepare(
    "UPDATE webhooks SET failing_since = 0, problem = 'it answered 500', retry_at = 60000 WHERE id <> ?",
  )
    .bind(String(ids[2]))
    .run();
  await env.DB.prepare("UPDATE webhooks SET disabled_at = 1000 WHERE id = ?")
    .bind(String(ids[0]))
    .run();
  await writeEvent(office.service, "a", { event: "signed-in" });
  await office.service.sealEvents();

  const first = await as("GET /webhooks?limit=2");
  const second = await as(`GET /webhooks?limit=2&cursor=${first.body.next_cursor}`);

  const at = (ms: number) => new Date(ms).toISOString();
  const fails = { failing_since: at(0), problem: "it answered 500" };
  expect([...first.body.webhooks, ...second.body.webhooks]).toMatchObject([
    { id: ids[0], ...fails, retry_at: null, disabled_at: at(1000), seals_behind: 1 },
    { id: ids[1], ...fails, retry_at: at(60_000), disabled_at: null, seals_behind: 1 },
    { id: ids[2], failing_since: null, problem: null, retry_at: null, disabled_at: null },
  ]);
  expect(second.body.next_cursor).toBeNull();
});

describe("POST /admin/webhooks/:webhookId/secret", () => {
  it("gives it another one, and for a day both sign", async () => {
    const first = await made();
    const { status, body } = await as(`POST /webhooks/${first.id}/secret`);

    expect(status).toBe(200);
    expect(body).toEqual({
      ...first,
      webhook_secret: A_SECRET,
      previous_secret_until: new Date(Date.now() + DAY_SECONDS * 1000).toISOString(),
    });
    expect(body.webhook_secret).not.toBe(first.webhook_secret);
    expect(await told(first.id)).toEqual(["webhook-created", "webhook-secret-rotated"]);
    const { secret, previous_secret } = await storedWebhook(first.id);
    expect(JSON.stringify([secret, previous_secret])).not.toMatch(/whsec_/);

    const [both] = (await hear("key-made")) as [Received];
    for (const secret of [first.webhook_secret, body.webhook_secret]) {
      new Webhook(secret).verify(both.body, both.headers);
    }
    passSeconds(DAY_SECONDS);
    const [one] = (await hear("key-made")) as [Received];
    new Webhook(body.webhook_secret).verify(one.body, one.headers);
    expect(() => new Webhook(first.webhook_secret).verify(one.body, one.headers)).toThrow();
  });

  it.each([
    ["has leaked", { leaked: true }, (id: string) => id],
    ["nobody has sealed yet", {}, plain],
  ])("signs nothing more with one that %s", async (_, body, become) => {
    const { id } = await made();
    await become(id);
    const answer = await as(`POST /webhooks/${id}/secret`, body);

    expect(answer.body.previous_secret_until).toBeNull();
    expect(await storedWebhook(id)).toMatchObject({ previous_secret: null, previous_until: null });
  });

  async function plain(id: string) {
    await env.DB.prepare("UPDATE webhooks SET secret = ? WHERE id = ?").bind(SECRET, id).run();
  }
});

describe("POST /admin/webhooks/:webhookId/enable", () => {
  it("goes on where it stopped, or with what comes next, and writes down what changed something", async () => {
    const { id } = await made();
    for (let seals = 0; seals < 3; seals++) {
      await writeEvent(office.service, "a", { event: "signed-in" });
      await office.service.sealEvents();
    }
    const place = async () => {
      const { sequence, position } = await storedWebhook(id);
      return [Number(sequence), position];
    };
    const [begun] = (await place()) as [number];
    await env.DB.exec(
      "UPDATE webhooks SET disabled_at = 1, failing_since = 1, failures = 4, problem = 'x', position = 1, retry_at = 99999999999999",
    );

    const on = await as(`POST /webhooks/${id}/enable`);
    expect([on.status, on.body]).toEqual([
      200,
      expect.objectContaining({
        disabled_at: null,
        failing_since: null,
        problem: null,
        retry_at: null,
      }),
    ]);
    expect(await storedWebhook(id)).toMatchObject({ failures: 0, retry_at: 0 });
    expect(await place()).toEqual([begun, 1]);
    expect(on.body.seals_behind).toBe(3);
    expect((await as(`POST /webhooks/${id}/enable`, {})).body).toEqual(on.body);
    expect(await told(id)).toEqual(["webhook-created", "webhook-enabled"]);

    const skipped = await as(`POST /webhooks/${id}/enable`, { skip_missed: true });
    expect(skipped.body).toEqual({ ...on.body, seals_behind: 0 });
    expect(await place()).toEqual([begun + 3, 0]);
    await as(`POST /webhooks/${id}/enable`, { skip_missed: true });
    expect(await told(id)).toEqual(["webhook-created", "webhook-enabled", "webhook-enabled"]);
  });
});

describe("DELETE /admin/webhooks/:webhookId", () => {
  it("removes one, which hears nothing more", async () => {
    const { id } = await made();

    expect((await as(`DELETE /webhooks/${id}`)).status).toBe(204);
    expect(said(await as(`DELETE /webhooks/${id}`))).toEqual(UNKNOWN);
    expect(await told(id)).toEqual(["webhook-created", "webhook-removed"]);
    expect(await hear("key-made")).toEqual([]);
  });
});

/** What is sent of events that happen now. */
async function hear(...events: ("signed-in" | "key-made")[]): Promise<Received[]> {
  const received = receiver();
  for (const event of events) {
    await writeEvent(office.service, "a", { event });
  }
  const turns: string[] = [];
  const service = startService({
    WEBHOOKS: {
      sendBatch: async (messages: Iterable<{ body: { webhookId: string } }>) => {
        turns.push(...[...messages].map(({ body }) => body.webhookId));
      },
    },
  });
  await service.sealEvents();
  await service.callWebhooks();
  for (const webhookId of turns) {
    await service.tellWebhook(webhookId);
  }
  return received.filter(({ body }) => events.some((event) => body.includes(`"${event}"`)));
}
