import { env } from "cloudflare:workers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { somebody } from "../../support/people.ts";
import {
  BAD_TOKEN,
  CHANGE_FIRST,
  invalid,
  NO_CONTENT,
  NOTHING_HERE,
  PASSWORD,
  refusal,
  seen,
  WRONG_PASSWORD,
} from "./answers.ts";
import {
  alter,
  BASES,
  changePassword,
  codeMember,
  launcherAt,
  logIn,
  superadmin,
} from "./launcher.ts";

describe("an account that has to change its password", () => {
  it("can sign in, look at itself and change it, and nothing else until then", async () => {
    const launcher = await BASES[1].open();
    const { email, password, userId } = await superadmin(launcher);
    await alter(userId, { mustResetPassword: true });

    const signedIn = await logIn(launcher, { email, password });

    const bearer = signedIn.body.data.token;
    const body = { name: "Deploys", new_password: PASSWORD };
    const ask = (endpoint: string) =>
      launcher.ask(endpoint, { bearer, ...(!endpoint.startsWith("GET") && { body }) });
    for (const endpoint of [
      "GET /settings/service-keys",
      "POST /settings/service-keys",
      "DELETE /settings/service-keys/some-id",
      "POST /auth/me/set-initial-password",
    ]) {
      expect(seen(await ask(endpoint))).toEqual(CHANGE_FIRST);
    }
    expect((await launcher.ask("GET /auth/me", { bearer })).status).toBe(200);
    const passwords = { current_password: password, new_password: PASSWORD };
    expect(seen(await changePassword(launcher, bearer, passwords))).toEqual(NO_CONTENT);
    expect((await launcher.ask("GET /settings/service-keys", { bearer })).status).toBe(200);
  });

  it("may set its first password where it has none, which is the change", async () => {
    const launcher = await BASES[1].open();
    const { token: bearer, userId } = await codeMember(launcher);
    await alter(userId, { mustResetPassword: true });

    const body = { new_password: PASSWORD };
    const set = await launcher.ask("POST /auth/me/set-initial-password", { bearer, body });

    expect(seen(set)).toEqual(NO_CONTENT);
    const me = await launcher.ask("GET /auth/me", { bearer });
    expect(me.body.data).toMatchObject({ must_reset_password: false });
  });
});

describe("a tenant", () => {
  it.each(["nobody-has-this-name", "api", "oauth", "Default", "-", "__proto__"])(
    "that does not exist is nothing: %s",
    async (slug) => {
      const { ask } = launcherAt({ tenantId: "", slug });

      expect(seen(await ask("GET /auth/setup-status"))).toEqual(NOTHING_HERE);
      expect(seen(await ask("POST /auth/login", { body: somebody() }))).toEqual(NOTHING_HERE);
    },
  );

  it("is a store of its own: one address has an account in each", async () => {
    const [here, elsewhere] = [await BASES[1].open(), await BASES[1].open()];
    const { email, password, userId } = await superadmin(here);

    expect(seen(await logIn(elsewhere, { email, password }))).toEqual(WRONG_PASSWORD);
    const there = await codeMember(elsewhere, email);

    expect(there.userId).not.toBe(userId);
    expect(seen(await here.ask("GET /auth/me", { bearer: there.token }))).toEqual(BAD_TOKEN);
  });

  it("keeps its sessions from a logout that is asked for elsewhere", async () => {
    const [here, elsewhere] = [await BASES[1].open(), await BASES[1].open()];
    const { token: bearer } = await superadmin(here);

    expect(seen(await elsewhere.ask("POST /auth/logout", { bearer }))).toEqual(NO_CONTENT);

    expect((await here.ask("GET /auth/me", { bearer })).status).toBe(200);
  });

  it("called default is the one that paths without a name belong to", async () => {
    const launcher = await BASES[0].open();
    const { token: bearer } = await superadmin(launcher);

    const { ask } = launcherAt({ tenantId: launcher.tenantId, slug: "default" });

    expect((await ask("GET /auth/me", { bearer })).status).toBe(200);
  });
});

describe.each(BASES)("a request under $base that no row answers", ({ open }) => {
  it("is refused in the envelope, with the version of the contract", async () => {
    const launcher = await open();
    const { ask } = launcher;
    const login = "POST /auth/login";
    const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=b" };

    expect(seen(await ask("GET /auth/nothing"))).toEqual(NOTHING_HERE);
    expect(seen(await ask("DELETE /auth/login"))).toEqual(
      refusal(405, "METHOD_NOT_ALLOWED", "This path does not take that method.", { allow: "POST" }),
    );
    expect(seen(await ask(login, form))).toEqual(
      refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Send JSON with Content-Type: application/json."),
    );
    expect(seen(await ask(login, { body: { email: "x".repeat(70_000) } }))).toEqual(
      refusal(413, "PAYLOAD_TOO_LARGE", "The request body is too large."),
    );
    expect(seen(await ask(login, { body: '{"email":' }))).toEqual(
      invalid("body must be JSON in UTF-8"),
    );
    expect(seen(await ask(login, { body: "[]" }))).toEqual(invalid("body must be an object"));
  });

  it("is told of an outage and of a bug, without a word about what broke", async () => {
    const { ask, service } = await open();
    const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1"));
    const outage = vi.spyOn(statement, "raw").mockRejectedValue(new Error("D1 is down"));
    onTestFinished(() => void vi.restoreAllMocks());
    const { tenants } = service.ports;

    const down = await ask("GET /auth/setup-status");
    outage.mockRestore();
    service.ports.tenants = { ...tenants, findSetUp: () => Promise.reject(new Error("a bug")) };
    const broken = await ask("GET /auth/setup-status");

    expect(seen(down)).toEqual(
      refusal(503, "SERVICE_UNAVAILABLE", "Not possible right now. Try again in a moment.", {
        "retry-after": "2",
      }),
    );
    expect(seen(broken)).toEqual(
      refusal(500, "INTERNAL_ERROR", "Something went wrong on our side."),
    );
  });
});
