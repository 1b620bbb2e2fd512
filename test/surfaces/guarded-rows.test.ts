import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Reason, Refused } from "../../src/core/refused.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { pathsOf } from "../../src/surfaces/mount.ts";
import type { AnyRoute, Surface, Wording } from "../../src/surfaces/surface.ts";
import { registerClients } from "../support/clients.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { disableAccount } from "../support/disabled.ts";
import { member } from "../support/members.ts";
import { signedIn } from "../support/people.ts";
import { type Asked, startService } from "../support/service.ts";

/** Started anew for each test: the fence around attempts counts by the address it is asked from. */
let service = startService();

beforeEach(() => {
  service = startService();
});

interface GuardedRow {
  operation: string;
  endpoint: string;
  method: string;
  path: string;
  surface: Surface;
  takesKeys: boolean;
}

/** Rows that serve known callers only, under the last of their bases. */
const rows: GuardedRow[] = surfaces.flatMap((surface) =>
  (Object.entries(surface.routes) as [string, AnyRoute][])
    .filter(([, [, audience]]) => audience.startsWith("bearer") && !/unread|if any/.test(audience))
    .map(([operation, [endpoint, audience]]) => {
      const [method = "", written = ""] = endpoint.split(" ");
      const pattern = pathsOf(surface, written).at(-1) ?? "";
      const path = pattern
        .replace(":tenant", "default")
        .replaceAll(/:\w+/g, () => crypto.randomUUID());
      const takesKeys = audience === "bearer or key";
      return { operation, endpoint, method, path, surface, takesKeys };
    }),
);

/** Rows that an account may use which has to change its password first. */
const BEFORE_PASSWORD_CHANGE = [
  "currentAccount",
  "updateProfile",
  "changePassword",
  "setInitialPassword",
];
/** Rows that ask for a scope which the device of these tests has not, or has. */
const PROFILE = ["currentAccount", "updateProfile"];

const IN_QUERY = new Refused("invalid_request", {
  fields: [{ field: "query", issue: "must not carry credentials: send them in the JSON body" }],
});

beforeAll(registerClients);

/** What a row of two on one endpoint is told by: the one for callers impersonates. */
function bodyFor({ operation }: GuardedRow): Pick<Asked, "body"> {
  return operation === "impersonate"
    ? { body: { username: "a@example.test", impersonate: true } }
    : {};
}

async function ask(row: GuardedRow, asked: Asked) {
  const { method, path } = row;
  return service.ask(path, { method, ...bodyFor(row), ...asked });
}

/** A refusal in the row's own words, to the byte. */
function refusal({ surface }: GuardedRow, reason: Reason, refused = new Refused(reason)) {
  const wordings: Readonly<Partial<Record<Reason, Wording>>> = surface.refusals;
  const wording = wordings[reason];
  if (!wording) {
    throw new Error(`${surface.terms.contract} has no words for ${reason}`);
  }
  return {
    status: wording[0],
    body: surface.refuse(wording, refused, new Date()).body,
  };
}

function said({ status, body }: { status: number; body: unknown }) {
  return { status, body };
}

async function accountSet(column: string, value: unknown, email: string) {
  await env.DB.prepare(`UPDATE accounts SET ${column} = ? WHERE email = ?`)
    .bind(value, email)
    .run();
}

it("there are guarded rows in every contract", () => {
  expect(new Set(rows.map(({ surface }) => surface)).size).toBe(surfaces.length);
});

describe.each(rows)("$endpoint ($operation)", (row) => {
  it("asks who has no credential to bring one", async () => {
    const answer = await ask(row, {});

    expect(said(answer)).toEqual(refusal(row, "unauthenticated"));
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  it.each([
    ["of another scheme", "Basic dXNlcjpwYXNz"],
    ["without a token", "Bearer"],
    ["with two tokens", "Bearer a b"],
    ["with no token of ours", "Bearer not-a-token"],
    ["with a numbered token nobody issued", "Bearer 1|c2VjcmV0"],
    ["with an unsigned JWT", `Bearer ${btoa('{"alg":"none"}')}.${btoa("{}")}.`],
  ])("refuses a header %s", async (_, authorization) => {
    const answer = await ask(row, { headers: { authorization } });

    expect(said(answer)).toEqual(refusal(row, "access_token_invalid"));
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
  });

  it("RS-01: takes no token from the query, with another in the header or without", async () => {
    const { accessToken } = await signedIn(service);
    const path = `${row.path}?access_token=${accessToken}`;
    const [alone, beside] = [
      await ask({ ...row, path }, {}),
      await ask({ ...row, path }, { bearer: "not-a-token" }),
    ];

    const isForbidden = row.surface.neverInQuery?.includes("access_token");
    expect([alone, beside].map(said)).toEqual(
      isForbidden
        ? [refusal(row, "invalid_request", IN_QUERY), refusal(row, "invalid_request", IN_QUERY)]
        : [refusal(row, "unauthenticated"), refusal(row, "access_token_invalid")],
    );
  });

  it("refuses an expired token", async () => {
    stopClock();
    const { accessToken } = await signedIn(service);
    passSeconds(DAY_SECONDS);

    expect(said(await ask(row, { bearer: accessToken }))).toEqual(
      refusal(row, "access_token_invalid"),
    );
  });

  it("refuses the token of a session that was ended", async () => {
    const { accessToken } = await signedIn(service);
    await service.ask("/api/users/logout", { bearer: accessToken });

    expect(said(await ask(row, { bearer: accessToken }))).toEqual(
      refusal(row, "access_token_invalid"),
    );
  });

  it("refuses the token of an account that was disabled", async () => {
    const { accessToken, person } = await signedIn(service);
    await disableAccount(person.email);

    expect(said(await ask(row, { bearer: accessToken }))).toEqual(
      refusal(row, "access_token_invalid"),
    );
  });

  it("refuses the token of another tenant", async () => {
    const { accessToken, person } = await signedIn(service);
    const elsewhere = crypto.randomUUID();
    await env.DB.prepare(
      "UPDATE sessions SET tenant_id = ? WHERE account_id = (SELECT id FROM accounts WHERE email = ?)",
    )
      .bind(elsewhere, person.email)
      .run();

    expect(said(await ask(row, { bearer: accessToken }))).toEqual(
      refusal(row, "access_token_invalid"),
    );
  });

  it("takes no refresh token for an access token", async () => {
    const { refreshToken } = await signedIn(service);

    expect(said(await ask(row, { bearer: refreshToken }))).toEqual(
      refusal(row, "access_token_invalid"),
    );
  });

  it(row.takesKeys ? "takes a key with the scope alone" : "opens to no key", async () => {
    const { accessToken } = await signedIn(service, await member(service));
    const { body } = await service.ask<{ data: { key: string } }>("/api/user/api-keys", {
      bearer: accessToken,
      body: { name: "a key", scopes: ["something:else"] },
    });

    const answer = await ask(row, { bearer: body.data.key });

    const knowsIt = row.surface.terms.keys?.kind === "api";
    expect(said(answer)).toEqual(
      refusal(row, knowsIt ? "insufficient_scope" : "access_token_invalid"),
    );
  });

  it("holds a device to its scopes", async () => {
    const { accessToken } = await signedIn(service, await member(service));
    const { userCode, deviceCode } = await startedDevice(service, { scopes: ["profile"] });
    await decide(service, accessToken, { userCode });
    const device = await poll(service, deviceCode);

    const answer = await ask(row, { bearer: device.body.accessToken });

    expect(said(answer)).toEqual(refusal(row, "insufficient_scope"));
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="insufficient_scope"');
  });
});

const one = "$endpoint ($operation)";

describe.each(rows.filter(({ operation }) => operation === "currentAccount"))(one, (row) => {
  it("opens to a device with its scope", async () => {
    const { accessToken } = await signedIn(service, await member(service));
    const { userCode, deviceCode } = await startedDevice(service, { scopes: ["profile:read"] });
    await decide(service, accessToken, { userCode });
    const device = await poll(service, deviceCode);

    expect((await ask(row, { bearer: device.body.accessToken })).status).toBe(200);
  });
});

describe.each(rows.filter(({ operation }) => !PROFILE.includes(operation)))(one, (row) => {
  it("is closed to an administrator who impersonates", async () => {
    const admin = await member(service);
    const target = await member(service);
    await accountSet("role", "superadmin", admin.email);
    const { accessToken } = await signedIn(service, admin);
    const { body } = await service.ask<{ access_token: string }>("/api/users/login", {
      bearer: accessToken,
      body: { username: target.email, impersonate: true },
    });

    expect(said(await ask(row, { bearer: body.access_token }))).toEqual(
      refusal(row, "insufficient_scope"),
    );
  });
});

const closed = rows.filter(({ operation }) => !BEFORE_PASSWORD_CHANGE.includes(operation));

describe.each(closed)(one, (row) => {
  it("is closed to an account that has to change its password first", async () => {
    const { accessToken, person } = await signedIn(service);
    await accountSet("must_reset_password", 1, person.email);

    expect(said(await ask(row, { bearer: accessToken }))).toEqual(
      refusal(row, "password_change_required"),
    );
  });
});
