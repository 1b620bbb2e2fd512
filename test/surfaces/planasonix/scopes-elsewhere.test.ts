import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { clients } from "../../../src/storage/d1/schema.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { signedIn } from "../../support/people.ts";
import { startService } from "../../support/service.ts";
import { everyRow } from "../every-row.ts";

const CLIENT = "test-reader";
const NEEDED: Readonly<Record<string, string>> = {
  currentAccount: "profile:read",
  updateProfile: "profile:write",
};
const SCOPES = [...Object.values(NEEDED), "reports:read"];
/** The profile rows of this contract and their twins elsewhere, under each of their bases. */
const rows = everyRow().filter(({ operation }) => operation in NEEDED);

let service = startService();

beforeAll(async () => {
  await openDatabase(env.DB)
    .insert(clients)
    .values({
      tenantId: DEFAULT_TENANT_ID,
      id: CLIENT,
      name: "Test reader",
      secretHash: null,
      grants: ["urn:ietf:params:oauth:grant-type:device_code"],
      scopes: SCOPES,
      redirectUris: [],
      firstParty: false,
      createdAt: new Date(0),
    });
});
beforeEach(() => {
  service = startService();
});

/** The access token of a device that was granted these scopes. */
async function deviceWith(scopes: string[]): Promise<string> {
  const { accessToken } = await signedIn(service);
  const { userCode, deviceCode } = await startedDevice(service, { clientId: CLIENT, scopes });
  await decide(service, accessToken, { userCode });
  return (await poll(service, deviceCode, CLIENT)).body.accessToken;
}

it("there are such rows in four contracts, and three of them can be written to", () => {
  const contracts = (operation: string) =>
    new Set(rows.filter((row) => row.operation === operation).map(({ contract }) => contract));

  expect([...contracts("currentAccount")]).toEqual(["planasonix", "lnchr", "pionne", "planpoint"]);
  expect([...contracts("updateProfile")]).toEqual(["planasonix", "lnchr", "planpoint"]);
});

describe.each(rows)("$endpoint", ({ operation, method, path }) => {
  const needed = NEEDED[operation] ?? "";
  const ask = async (bearer: string) =>
    (await service.ask(path, { method, bearer, ...(method === "PUT" && { body: {} }) })).status;

  it("opens to a plain sign-in, and to a device with its scope alone", async () => {
    expect(await ask((await signedIn(service)).accessToken)).toBe(200);
    expect(await ask(await deviceWith([needed]))).toBe(200);
    expect(await ask(await deviceWith(SCOPES.filter((scope) => scope !== needed)))).toBe(403);
  });
});

it("a scope that the service does not know is carried in the token", async () => {
  const { scope } = decodeJwt(await deviceWith(["reports:read", "profile:read"]));

  expect(scope).toBe("reports:read profile:read");
});
