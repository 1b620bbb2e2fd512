import { beforeAll, describe, expect, it } from "vitest";
import { createClient } from "../../client/create-client.ts";
import { memoryStorage } from "../../client/tokens/memory-storage.ts";
import { decide } from "../support/devices.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { registered, signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

beforeAll(registerOAuthClients);

const service = startService();
const url = service.settings.publicUrl;
/** The very requests that the client makes of this runtime's parts, as another Worker would send them. */
const fetch = async (input: RequestInfo | URL, init?: RequestInit) =>
  service.fetch(new Request(input, init));

describe("the client inside a Worker", () => {
  it("signs in with a password, renews what has ended and signs out", async () => {
    const person = await registered(service);
    const storage = memoryStorage();
    const client = createClient({ url, storage, fetch });
    const { user } = await client.signIn(person);
    expect(user?.email).toBe(person.email);
    const first = await storage.load();
    await storage.save(first && { ...first, expiresAt: 0 });

    expect(await client.keys.list()).toEqual([]);
    expect(await client.accessToken()).not.toBe(first?.accessToken);
    expect((await client.fetch(`${url}/api/user/profile`)).status).toBe(200);

    await client.signOut();
    await expect(client.accessToken()).rejects.toMatchObject({ code: "signed_out" });
  });

  it("signs in by device code while its poll is held", async () => {
    const { accessToken } = await signedIn(service);
    const client = createClient({ url, clientId: "test-oauth-tv", fetch });
    const device = await client.startDevice({ scope: "openid" });
    const finished = device.finished();
    await decide(service, accessToken, { userCode: device.userCode });
    await finished;
    expect((await client.userInfo()).sub).toMatch(/^[0-9a-f-]{36}$/);
  });
});
