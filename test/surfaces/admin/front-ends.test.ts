import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { newTenant } from "../../support/tenants.ts";
import {
  A_TIME,
  type BackOffice,
  clientToken,
  eventsOf,
  invalid,
  OPERATORS_ONLY,
  PERSON_ONLY,
  type StaffedOffice,
  said,
  somebodyLike,
  staff,
  staffedOffice,
  unknown,
} from "./back-office.ts";

const STUDIO = { url: "https://studio.example.com" };

let office: BackOffice;
let as: StaffedOffice["as"];
let slug: string;

beforeEach(async () => {
  stopClock();
  ({ office, as } = await staffedOffice());
  slug = String((await newTenant()).slug);
});

const ask = (method: string, below = "", body?: object, bearer?: string) =>
  as(`${method} /tenants/${slug}/front-ends${below}`, body, bearer);
const listed = async () => (await ask("GET")).body.front_ends;
const told = async () =>
  (await eventsOf(`tenant:${slug}`)).map(({ event, subject }) => [event, subject]);

describe("PUT /admin/tenants/:slug/front-ends/:alias", () => {
  it("allows a site, without a slash at its end, and moves an alias", async () => {
    const first = await ask("PUT", "/studio", { url: "https://Studio.example.com/" });
    passSeconds(60);
    const again = await ask("PUT", "/studio", STUDIO);
    const moved = await ask("PUT", "/studio", { url: "http://localhost:3000/app/" });

    expect(said(first)).toEqual({
      status: 200,
      body: { alias: "studio", ...STUDIO, created_at: A_TIME, changed_at: A_TIME },
    });
    expect(said(again)).toEqual(said(first));
    expect(moved.body).toEqual({
      ...first.body,
      url: "http://localhost:3000/app",
      changed_at: new Date().toISOString(),
    });
    expect(await listed()).toEqual([moved.body]);
    expect(await told()).toEqual([
      ["tenant-changed", "front end studio"],
      ["tenant-changed", "front end studio"],
    ]);
  });

  it("has mailed links lead there", async () => {
    slug = "default";
    await env.DB.exec("DELETE FROM front_ends");
    const { email } = await somebodyLike();
    await ask("PUT", "/studio", STUDIO);
    await office.service.ask("/auth/forgot-password", { body: { email, clientAlias: "studio" } });
    const [letter] = await office.service.deliver();

    expect(letter?.text).toContain(`${STUDIO.url}/`);
    await ask("DELETE", "/studio");
  });

  it.each([
    ["http://studio.example.com", "is neither https nor on a loopback address"],
    ["https://studio.example.com/?a=b", "has a query or a fragment"],
    ["https://studio.example.com/#", "has a query or a fragment"],
    ["https://me:secret@studio.example.com", "has a name or password in it"],
    ["javascript:alert(1)", "is neither https nor on a loopback address"],
    ["studio.example.com", "is not an address"],
  ])("refuses %s, as the command does", async (url, issue) => {
    expect(said(await ask("PUT", "/studio", { url }))).toEqual(invalid(`url ${issue}.`));
    expect(await listed()).toEqual([]);
  });

  it.each(["-studio", "a%20b", "%C3%A4", "x".repeat(65)])("refuses the alias %s", async (alias) => {
    expect(said(await ask("PUT", `/${alias}`, STUDIO))).toEqual(
      invalid(
        "alias must be up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.",
      ),
    );
  });
});

it("removes one, and knows none that is not there, nor a tenant", async () => {
  await ask("PUT", "/studio", STUDIO);

  expect((await ask("DELETE", "/studio")).status).toBe(204);
  expect(said(await ask("DELETE", "/studio"))).toEqual(unknown("front end"));
  expect(await listed()).toEqual([]);
  expect(await told()).toEqual([
    ["tenant-changed", "front end studio"],
    ["tenant-changed", "front end studio removed"],
  ]);
  slug = "nobody";
  for (const answer of [
    await ask("GET"),
    await ask("PUT", "/studio", STUDIO),
    await ask("DELETE", "/studio"),
  ]) {
    expect(said(answer)).toEqual(unknown("tenant"));
  }
});

it("ADM-03: a client says nothing of where links lead that set people's passwords", async () => {
  const { bearer } = await clientToken(office, ["admin:tenants"]);

  expect((await ask("GET", "", undefined, bearer)).status).toBe(200);
  expect(said(await ask("PUT", "/studio", STUDIO, bearer))).toEqual(PERSON_ONLY);
  await ask("PUT", "/studio", STUDIO);
  expect(said(await ask("DELETE", "/studio", undefined, bearer))).toEqual(PERSON_ONLY);
  expect(await listed()).toHaveLength(1);
});

it("ADM-01: front ends are the operators' alone, and not a tenant's own superadmin's", async () => {
  const own = await newTenant();
  const other = await staff(office, "superadmin", { tenantId: own.tenantId });
  const helper = await staff(office, "admin");
  slug = String(own.slug);

  expect(said(await ask("PUT", "/studio", STUDIO, helper.bearer))).toEqual(OPERATORS_ONLY);
  const theirs = `/studio?tenant=${slug}`;
  expect(said(await ask("PUT", theirs, STUDIO, other.bearer))).toEqual(OPERATORS_ONLY);
  expect(said(await ask("DELETE", theirs, undefined, other.bearer))).toEqual(OPERATORS_ONLY);
});
