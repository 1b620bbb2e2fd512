import { beforeAll, describe, expect, it } from "vitest";
import { AUDIT_EVENTS } from "../../../src/core/audit/audit-events.ts";
import { admin } from "../../../src/surfaces/admin/contract.ts";
import { documented } from "../../support/reference.ts";
import { countRows } from "../../support/rows.ts";
import {
  type BackOffice,
  closedTo,
  invalid,
  type SignedIn,
  said,
  somebodyLike,
  staff,
  staffedOffice,
} from "./back-office.ts";

const UUID = "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21";
let office: BackOffice;
let boss: SignedIn;

beforeAll(async () => {
  ({ office, boss } = await staffedOffice());
});

const ask = async (endpoint: string, body?: object | string, bearer = boss.bearer) =>
  said(await office.ask(endpoint, { bearer, ...(body !== undefined && { body }) }));

/** Every row, and what the reference says that it takes. */
const rows = Object.values(admin.routes).map(([written]) => {
  const [method = "", path = ""] = written.split(" ");
  const { parameters = [], requestBody } =
    documented(method, path.replaceAll(/:\w+/g, UUID))?.operation ?? {};
  const schema = requestBody?.content["application/json"]?.schema;
  return {
    endpoint: written.replace(" /admin", " ").replaceAll(/:\w+/g, UUID),
    inQuery: parameters.filter(({ in: place }) => place === "query").map(({ name }) => name),
    inBody: Object.keys(schema?.properties ?? {}),
    schema,
  };
});

describe.each(rows)("$endpoint", ({ endpoint, inQuery }) => {
  it("refuses a parameter that it does not know, and names those that it does", async () => {
    const issue = `query has 'emial', unknown here: it takes ${inQuery.join(", ")}.`;

    const { status, body } = await ask(`${endpoint}?emial=x`);

    expect([status, body]).toEqual([400, expect.objectContaining({ error: "invalid_request" })]);
    expect((body as { error_description: string }).error_description).toContain(issue);
  });

  it("refuses a parameter that is there twice, whether it says the same or not", async () => {
    const twice = invalid("query has 'tenant' more than once.");

    expect(await ask(`${endpoint}?tenant=default&tenant=nobody`)).toEqual(twice);
    expect(await ask(`${endpoint}?tenant=default&ten%61nt=default`)).toEqual(twice);
  });

  it("refuses a parameter without a name", async () => {
    const nameless = invalid("query has a parameter without a name.");

    expect(await ask(`${endpoint}?=x`)).toEqual(nameless);
    expect(await ask(`${endpoint}?tenant=default&=`)).toEqual(nameless);
  });

  it("tells who may not do it so, whatever else is wrong", async () => {
    const { bearer } = await staff(office, "user");

    expect(await ask(`${endpoint}?emial=x`, undefined, bearer)).toEqual(closedTo(endpoint));
  });
});

describe.each(rows.filter(({ endpoint }) => !endpoint.startsWith("GET")))(
  "$endpoint",
  ({ endpoint, inBody, schema }) => {
    it("refuses a field that it does not know, and names those that it does", async () => {
      const takes = inBody.join(", ") || "nothing";

      const { status, body } = await ask(endpoint, { disabld: true });

      expect(status).toBe(400);
      expect((body as { error_description: string }).error_description).toContain(
        `body has 'disabld', unknown here: it takes ${takes}.`,
      );
    });

    it("refuses a name that is there twice, whether it says the same or not", async () => {
      expect(await ask(endpoint, '{"disabled":false,"disabled":true}')).toEqual(
        invalid("body has 'disabled' more than once."),
      );
      expect(await ask(endpoint, '{"scopes":[{"a\\u0062":1,"ab":1}]}')).toEqual(
        invalid("body has 'ab' more than once."),
      );
    });

    it("is said by the reference to take no other field, or no body", () => {
      expect(schema === undefined || schema.additionalProperties === false).toBe(true);
    });
  },
);

describe("what is not known", () => {
  it("changes nothing, though the rest be in order", async () => {
    const { id } = await somebodyLike();

    expect(await ask(`PATCH /accounts/${id}`, { name: "Ada Lovelace", disabld: true })).toEqual(
      invalid(
        "body has 'disabld', unknown here: it takes disabled, role, name, must_reset_password, zapier.",
      ),
    );
    expect(await countRows("accounts", "id = ? AND name = 'Ada Lovelace'", id)).toBe(0);
    expect(await countRows("audit_events", "account_id = ?", id)).toBe(0);
  });

  it("is told beside what else is wrong", async () => {
    const { body } = await ask("POST /accounts", { emial: "a@example.test" });

    expect((body as { error_description: string }).error_description).toMatch(
      /^The request is not valid\. email is required\. body has 'emial', unknown here: it takes email, /,
    );
  });

  it.each(["__proto__", "constructor", "toString", "then"])("may be called %s", async (name) => {
    const { id } = await somebodyLike();

    for (const answer of [
      await ask(`GET /accounts/${id}?${name}=1`),
      await ask(`PATCH /accounts/${id}`, `{"${name}":{"disabled":true}}`),
    ]) {
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain(`has '${name}', unknown here`);
    }
  });

  it("is shown as short text alone, and three of any number by name", async () => {
    const { id } = await somebodyLike();
    const query = (names: string) => ask(`DELETE /accounts/${id}?${names}`);

    for (const [name, shown] of [
      ["x".repeat(60_000), `${"x".repeat(40)}...`],
      ["<b>\"\\'\r\n\u0000\u00e4\ud83e\udda6", "<b>?????????"],
      [" ", " "],
    ] as const) {
      expect(await query(encodeURIComponent(name))).toEqual(
        invalid(`query has '${shown}', unknown here: it takes tenant.`),
      );
    }
    expect(await query("a&b&c&d&e")).toEqual(
      invalid("query has 'a', 'b', 'c' and 2 more, unknown here: it takes tenant."),
    );
    expect(await countRows("accounts", "id = ?", id)).toBe(1);
  });
});

it.each([
  ["event=signed-inn", "event must be an event of the audit log, such as signed-in."],
  ["event=", "event must be an event of the audit log, such as signed-in."],
  [
    "account=ada@example.test",
    "account must be an account's id, client:<id>, tenant:<slug> or webhook:<id>.",
  ],
  ["actor=Ada", "actor must be an account's id, client:<id> or operator."],
  ["cursor=1", "cursor must be one that was handed out."],
  ["limit=0x10", "limit must be a whole number."],
  ["limit=+5", "limit must be a whole number."],
  ["limit=", "limit must be a whole number."],
])("refuses GET /events?%s, which it does not understand", async (query, issue) => {
  expect(await ask(`GET /events?${query}`)).toEqual(invalid(issue));
});

it.each(["account=", "account=tenant:acme", `account=webhook:${UUID}`, "actor=", "actor=operator"])(
  "takes GET /events?%s",
  async (query) => {
    expect((await ask(`GET /events?${query}`)).status).toBe(200);
  },
);

it("takes the name of every event, which the reference lists", async () => {
  const { parameters = [] } = documented("GET", "/admin/events")?.operation ?? {};

  expect(parameters.find(({ name }) => name === "event")?.schema.enum).toEqual(
    Object.keys(AUDIT_EVENTS),
  );
  expect((await ask("GET /events?event=webhook-disabled")).status).toBe(200);
});
