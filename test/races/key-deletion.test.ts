import { beforeAll, expect, it } from "vitest";
import { auth } from "../rpc/entrypoint.ts";
import { createdKey } from "../support/api-keys.ts";
import { introspected } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { cycled, Ending, race } from "../support/race.ts";
import type { Asked, TestService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";
import { launcherAt, serviceKey, superadmin } from "../surfaces/lnchr/launcher.ts";

beforeAll(registerOAuthClients);

type Use = (service: TestService) => Promise<boolean>;

/** A key with every way to use it, which says whether it is good, and the way to delete it. */
interface Held {
  uses: readonly Use[];
  remove(): Promise<unknown>;
}

async function apiKey(service: TestService): Promise<Held> {
  const { accessToken: bearer } = await signedIn(service);
  const { key, id } = await createdKey(service, bearer);
  const read = async (isolate: TestService, by: Pick<Asked, "bearer" | "headers">) =>
    (await isolate.ask("/api/user/profile", { method: "GET", ...by })).status === 200;
  return {
    uses: [
      (isolate) => read(isolate, { bearer: key }),
      (isolate) => read(isolate, { headers: { "x-planasonix-api-key": key } }),
      async (isolate) => (await introspected(isolate, key)).body.active,
      async () => (await auth().verifyKey(key)) !== null,
    ],
    remove: () => service.ask(`/api/user/api-keys/${id}`, { method: "DELETE", bearer }),
  };
}

/** What it opens lies in other Workers. */
async function launcherKey(): Promise<Held> {
  const launcher = launcherAt(await newTenant());
  const { token: bearer } = await superadmin(launcher);
  const { key, id } = await serviceKey(launcher, bearer);
  const tenant = auth({ tenant: launcher.slug ?? "" });
  return {
    uses: [async () => (await tenant.verifyKey(key)) !== null],
    remove: () => launcher.ask(`DELETE /settings/service-keys/${id}`, { bearer }),
  };
}

it("a key that is deleted while others use it, people's and tenants' by turns, is good for nobody who begins once that was answered, whichever service and way", (context) =>
  race(context, {
    async prepare(service, round) {
      const { uses, remove } = await (round % 2 === 0 ? apiKey(service) : launcherKey());
      for (const use of uses) {
        expect(await use(service)).toBe(true);
      }
      return { uses, deletion: new Ending(remove) };
    },

    request: ({ uses, deletion }, service, index) =>
      deletion.useAround(index, () => cycled(uses, index)(service)),

    async judge(_, wasGood) {
      expect(wasGood).toEqual(wasGood.map(() => false));
    },
  }));
