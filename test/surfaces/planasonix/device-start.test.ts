import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { CLI, registerClients, TV } from "../../support/clients.ts";
import { decide, poll, type StartedBody } from "../../support/devices.ts";
import { registerOAuthClients } from "../../support/oauth-clients.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { JSON_ANSWER, refusal } from "./refusal.ts";

const service = startService();

beforeAll(registerClients);
beforeAll(registerOAuthClients);

const start = (clientId: string, scopes?: string[]) =>
  service.ask<StartedBody>("/api/v2/auth/device", {
    body: { clientId, ...(scopes && { scopes }) },
  });

/** The scopes that a device ends up with when a person approves all that it asked for. */
async function grantedScopes(scopes?: string[]): Promise<unknown> {
  const { body } = await start(TV, scopes);
  const { accessToken } = await signedIn(service);
  await decide(service, accessToken, { userCode: body.userCode });
  return decodeJwt((await poll(service, body.deviceCode)).body.accessToken)["scope"];
}

describe("POST /api/v2/auth/device", () => {
  it("answers a code for the device, one for its person and where to enter it", async () => {
    const answer = await start(TV);

    expect(seen(answer)).toEqual({
      status: 200,
      headers: JSON_ANSWER,
      body: {
        deviceCode: "<device code>",
        userCode: "<user code>",
        verificationUri: "http://localhost:8787/device",
        verificationUriComplete: "http://localhost:8787/device?user_code=<user code>",
        expiresIn: 900,
        interval: 5,
      },
    });
    const { userCode, verificationUriComplete } = answer.body;
    expect(verificationUriComplete.endsWith(userCode)).toBe(true);
  });

  it("says the configured address, whatever host was asked", async () => {
    const request = new Request("http://elsewhere.test/api/v2/auth/device", {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-host": "elsewhere.test" },
      body: JSON.stringify({ clientId: TV }),
    });

    const { verificationUri } = await (await service.fetch(request)).json<StartedBody>();

    expect(verificationUri).toBe("http://localhost:8787/device");
  });

  it("gives each start codes of its own", async () => {
    const [{ body: first }, { body: second }] = [await start(TV), await start(TV)];

    expect(second.userCode).not.toBe(first.userCode);
    expect(second.deviceCode).not.toBe(first.deviceCode);
  });

  it("keeps the user code out of the device code", async () => {
    const { userCode, deviceCode } = (await start(TV)).body;
    const inside = atob(deviceCode.replaceAll("-", "+").replaceAll("_", "/"));

    expect(inside).not.toContain(userCode);
  });
});

describe("the scopes that a device asks for", () => {
  it("are all that its client may have, when it names none", async () => {
    expect(await grantedScopes()).toBe("openid profile profile:read");
  });

  it("are those it names, each once", async () => {
    expect(await grantedScopes(["profile:read", "openid", "openid"])).toBe("profile:read openid");
  });

  it.each([
    ["one that its client may not have", ["openid", "profile:write"]],
    ["one that nobody knows", ["everything"]],
  ])("are refused with %s", async (_, scopes) => {
    expect(seen(await start(TV, scopes))).toEqual(
      refusal(400, "validation_error", "The request is not valid.", {
        fields: { scopes: "has a scope that this client may not ask for" },
      }),
    );
  });

  it.each(["", "two words", 'quote"', "back\\slash", "ümlaut", "x".repeat(129)])(
    "are refused with %j, which is no scope",
    async (scope) => {
      expect(seen(await start(TV, ["openid", scope]))).toEqual(
        refusal(400, "validation_error", "The request is not valid.", {
          fields: { "scopes.1": "must be a scope" },
        }),
      );
    },
  );

  it("are 50 at most", async () => {
    expect(seen(await start(TV, Array(51).fill("openid")))).toEqual(
      refusal(400, "validation_error", "The request is not valid.", {
        fields: { scopes: "must have at most 50 entries" },
      }),
    );
  });
});

describe("a client", () => {
  it("that is registered for devices may start", async () => {
    expect((await start(CLI)).status).toBe(200);
  });

  it.each([
    ["is not registered", "nobody"],
    ["is registered for other grants only", "test-web"],
    ["is written in another case", TV.toUpperCase()],
    ["has a secret, which it cannot show here", "test-backend"],
  ])("that %s may not", async (_, clientId) => {
    expect(seen(await start(clientId))).toEqual(
      refusal(401, "invalid_client", "The client is not registered for device sign-in."),
    );
  });
});
