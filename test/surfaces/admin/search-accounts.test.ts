import { beforeEach, describe, expect, it } from "vitest";
import { newTenant } from "../../support/tenants.ts";
import {
  A_TIME,
  type BackOffice,
  invalid,
  type SignedIn,
  said,
  somebodyLike,
  staffedOffice,
  UNKNOWN,
} from "./back-office.ts";

let office: BackOffice;
let boss: SignedIn;

beforeEach(async () => {
  ({ office, boss } = await staffedOffice());
});

const emailsIn = (body: { accounts: { email: string }[] }) =>
  body.accounts.map(({ email }) => email);

describe("GET /admin/accounts", () => {
  it("finds addresses by how they begin, page by page in their order", async () => {
    const mark = crypto.randomUUID().slice(0, 8);
    const emails = ["a", "b", "c", "d", "e"].map((one) => `${mark}-${one}@example.test`);
    for (const email of emails.toReversed()) {
      await somebodyLike({ email });
    }
    const page = (more = "") =>
      office.ask(`GET /accounts?email_prefix=${mark.toUpperCase()}-&limit=2${more}`, boss);

    const first = await page();
    const second = await page(`&cursor=${first.body.next_cursor}`);
    const third = await page(`&cursor=${second.body.next_cursor}`);

    expect([first, second, third].map(({ body }) => emailsIn(body))).toEqual([
      emails.slice(0, 2),
      emails.slice(2, 4),
      emails.slice(4),
    ]);
    expect(third.body.next_cursor).toBeNull();
    expect(first.body.next_cursor).not.toContain(mark);
  });

  it("finds none that begins otherwise, by whichever search's cursor", async () => {
    const mark = crypto.randomUUID().slice(0, 8);
    for (const one of ["a-1", "a-2", "b-1"]) {
      await somebodyLike({ email: `${mark}-${one}@example.test` });
    }
    const search = (prefix: string, more = "") =>
      office.ask(`GET /accounts?email_prefix=${mark}-${prefix}&limit=1${more}`, boss);

    const { body } = await search("a");
    const other = await search("b", `&cursor=${body.next_cursor}`);

    expect(emailsIn(other.body)).toEqual([`${mark}-b-1@example.test`]);
  });

  it("finds nobody of another tenant, and nobody whose address only holds the text", async () => {
    const mark = crypto.randomUUID().slice(0, 8);
    await somebodyLike({ email: `${mark}@example.test`, tenantId: (await newTenant()).tenantId });
    await somebodyLike({ email: `x${mark}@example.test` });

    const { body } = await office.ask(`GET /accounts?email_prefix=${mark}`, boss);

    expect(body).toEqual({ accounts: [], next_cursor: null });
  });

  it("takes no percent sign for a wildcard", async () => {
    const { body } = await office.ask("GET /accounts?email_prefix=%25", boss);

    expect(body.accounts).toEqual([]);
  });

  it.each([
    ["limit=0", "limit must be at least 1."],
    ["limit=101", "limit must be at most 100."],
    ["limit=1.5", "limit must be a whole number."],
    ["limit=many", "limit must be a whole number."],
    ["cursor=", "cursor must not be empty."],
    ["cursor=abc", "cursor must be one that was handed out."],
    [`email_prefix=${"x".repeat(255)}`, "email_prefix must have at most 254 characters."],
  ])("refuses ?%s", async (query, issue) => {
    expect(said(await office.ask(`GET /accounts?${query}`, boss))).toEqual(invalid(issue));
  });
});

describe("GET /admin/accounts/:id", () => {
  it("shows an account whole, and nothing secret", async () => {
    const { id, email } = await somebodyLike({ role: "admin", mustResetPassword: true });

    expect(said(await office.ask(`GET /accounts/${id}`, boss))).toEqual({
      status: 200,
      body: {
        id,
        email,
        email_verified: true,
        name: "Robin Example",
        role: "admin",
        disabled: false,
        must_reset_password: true,
        zapier: false,
        two_factor_enabled: false,
        created_at: A_TIME,
        updated_at: A_TIME,
        has_password: true,
        recovery_codes_left: 0,
        passkeys: 0,
      },
    });
  });

  it("knows nobody of another tenant", async () => {
    const { id } = await somebodyLike({ tenantId: (await newTenant()).tenantId });

    expect(said(await office.ask(`GET /accounts/${id}`, boss))).toEqual(UNKNOWN);
  });
});
