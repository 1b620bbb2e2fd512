import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { startPostOffice } from "../../support/post-office.ts";
import { newTenant } from "../../support/tenants.ts";
import {
  type BackOffice,
  backOffice,
  clientToken,
  eventsOf,
  invalid,
  OPERATORS_ONLY,
  PERSON_ONLY,
  refusal,
  type SignedIn,
  type StaffedOffice,
  said,
  somebodyLike,
  staff,
  staffedOffice,
  unknown,
} from "./back-office.ts";

const OURS = { subject: null, lead: null, action: null, more: null, not_you: null, what: null };
const NO_LETTER = refusal(
  404,
  ["not_found", "letter_unknown"],
  "There is no such letter, or not in that language.",
);

let office: BackOffice;
let boss: SignedIn;
let as: StaffedOffice["as"];
let slug: string;
let tenantId: string;

beforeEach(async () => {
  ({ office, boss, as } = await staffedOffice());
  const tenant = await newTenant();
  [slug, tenantId] = [String(tenant.slug), tenant.tenantId];
});

const ask = (method: string, below = "", body?: object, bearer?: string) =>
  as(`${method} /tenants/${slug}/letters${below}`, body, bearer);
const listed = async () => (await ask("GET")).body.letters;
const told = async () =>
  (await eventsOf(`tenant:${slug}`)).map(({ event, subject }) => [event, subject]);

it("gives a letter its own words, in place of all that it said so before, and takes them away", async () => {
  const sender = { senderName: "Acme", replyTo: "help@acme.test" };
  await env.DB.prepare("UPDATE tenants SET letters = ? WHERE id = ?")
    .bind(JSON.stringify(sender), tenantId)
    .run();
  const german = { kind: "verify-email", language: "de" };
  const put = (body: object) => ask("PUT", "/verify-email/de", body);

  const first = await put({ subject: "Willkommen bei {brand}", not_you: "Dann eben nicht." });
  expect(said(first)).toEqual({
    status: 200,
    body: { ...german, ...OURS, subject: "Willkommen bei {brand}", not_you: "Dann eben nicht." },
  });
  await put({ subject: "Willkommen bei {brand}", not_you: "Dann eben nicht." });
  await ask("PUT", "/password-changed/en", { what: "Done until {until}." });
  const second = await put({ action: "Los" });
  expect(second.body).toEqual({ ...german, ...OURS, action: "Los" });
  expect(await listed()).toEqual([
    { kind: "password-changed", language: "en", ...OURS, what: "Done until {until}." },
    second.body,
  ]);
  expect(await startPostOffice().ports.tenants.findLetterSettings(tenantId)).toEqual({
    ...sender,
    texts: {
      en: { "password-changed": { what: "Done until {until}." } },
      de: { "verify-email": { action: "Los" } },
    },
  });

  expect((await ask("DELETE", "/verify-email/de")).status).toBe(204);
  expect((await ask("DELETE", "/verify-email/de")).status).toBe(204);
  expect((await listed()).map(({ kind }: { kind: string }) => kind)).toEqual(["password-changed"]);
  const changed = "tenant-changed";
  expect(await told()).toEqual([
    [changed, "letter verify-email in de"],
    [changed, "letter password-changed in en"],
    [changed, "letter verify-email in de"],
    [changed, "letter verify-email in de"],
  ]);
});

it("has the letter say them", async () => {
  slug = "default";
  const { id } = await somebodyLike();
  await ask("PUT", "/reset-password/en", { subject: "Anew at {brand}" });
  const fresh = backOffice();
  await fresh.ask(`POST /accounts/${id}/password-reset`, { bearer: boss.bearer });
  const [letter] = await fresh.service.deliver();
  await ask("DELETE", "/reset-password/en");

  expect(letter?.subject).toMatch(/^Anew at /);
});

it("ADM-03: a client has no letter say anything: a site that its words name is a link to whoever reads it", async () => {
  const { bearer } = await clientToken(office, ["admin:tenants"]);
  const put = (by: string) => ask("PUT", "/reset-password/en", { lead: "Go to acme.test." }, by);

  expect(said(await put(bearer))).toEqual(PERSON_ONLY);
  expect(await listed()).toEqual([]);
  await put(boss.bearer);
  expect(said(await ask("DELETE", "/reset-password/en", undefined, bearer))).toEqual(PERSON_ONLY);
  expect(await listed()).toHaveLength(1);
});

describe("what no letter can say", () => {
  it.each([
    [
      "/login-code/en",
      { subject: "Your code: {code}" },
      "subject has something else in braces than {brand}.",
    ],
    [
      "/login-code/en",
      { subject: "a\r\nBcc: b@c.test" },
      "subject must be on one line, in plain characters, without spaces that are not needed.",
    ],
    ["/login-code/en", { lead: "x" }, "lead is no text of this letter: it has subject, not_you."],
    ["/key-made/en", { not_you: "x" }, "not_you is no text of this letter: it has subject, what."],
    ["/login-code/en", {}, "body must have at least one of subject, not_you."],
    [
      "/login-code/en",
      { subject: "x".repeat(121) },
      "subject has 121 characters, 120 are the most.",
    ],
    ["/login-code/en", { subject: " " }, "subject must be a text that says something."],
    ["/login-code/en", { subject: null }, "subject must be a text."],
    [
      "/login-code/en",
      { html: "x" },
      "body has 'html', unknown here: it takes subject, lead, action, more, not_you, what.",
    ],
  ])("is refused: %s %j", async (below, body, issue) => {
    expect(said(await ask("PUT", below, body))).toEqual(invalid(issue));
    expect(await listed()).toEqual([]);
    expect(await told()).toEqual([]);
  });

  it("is of no letter or language that there is none of, nor of no tenant", async () => {
    for (const below of ["/ping/en", "/login-code/fr", "/constructor/en"]) {
      expect(said(await ask("PUT", below, { subject: "x" }))).toEqual(NO_LETTER);
      expect(said(await ask("DELETE", below))).toEqual(NO_LETTER);
    }
    slug = "nobody";
    for (const answer of [
      await ask("GET"),
      await ask("PUT", "/login-code/en", { subject: "x" }),
      await ask("DELETE", "/login-code/en"),
    ]) {
      expect(said(answer)).toEqual(unknown("tenant"));
    }
  });
});

it("ADM-01: letters are the operators' to word, and not a tenant's own superadmin's", async () => {
  const helper = await staff(office, "admin");
  const other = await staff(office, "superadmin", { tenantId });
  const body = { subject: "x" };

  expect(said(await ask("PUT", "/login-code/en", body, helper.bearer))).toEqual(OPERATORS_ONLY);
  const theirs = `/login-code/en?tenant=${slug}`;
  expect(said(await ask("PUT", theirs, body, other.bearer))).toEqual(OPERATORS_ONLY);
});
