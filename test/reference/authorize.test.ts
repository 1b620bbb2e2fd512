import { beforeAll, describe, expect, it } from "vitest";
import { ask, authorizationRequest, type Parameters } from "../support/authorization.ts";
import { Browser } from "../support/browser.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { reference } from "../support/reference.ts";
import { startService } from "../support/service.ts";

const service = startService();
const { parameters = [] } = reference.paths["/oauth/authorize"]?.["get"] ?? {};
const needed = parameters.filter(({ required }) => required).map(({ name }) => name);
const sent = [...authorizationRequest().keys()];

beforeAll(registerOAuthClients);

async function isRefused(replaced: Parameters): Promise<boolean> {
  const answer = await ask(new Browser(service), replaced);
  const led = new URL(answer.location ?? "", service.settings.publicUrl);
  return answer.status >= 400 || led.searchParams.has("error");
}

describe("what the reference says of an authorization request", () => {
  it("names what has to be there: a request without it is refused", async () => {
    const refused = await Promise.all(sent.map((name) => isRefused({ [name]: null })));

    expect(sent.filter((_, index) => refused[index]).sort()).toEqual([...needed].sort());
  });

  it("names what may be absent: a request without all of it is taken", async () => {
    const absent = sent.filter((name) => !needed.includes(name)).map((name) => [name, null]);

    expect(await isRefused(Object.fromEntries(absent))).toBe(false);
  });
});
