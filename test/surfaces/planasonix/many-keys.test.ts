import { expect, it } from "vitest";
import { createdKey } from "../../support/api-keys.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { refusal } from "./refusal.ts";

it("an account has a hundred keys at most, and nobody else's count", async () => {
  const service = startService();
  const { accessToken: bearer } = await signedIn(service);
  await createdKey(service, (await signedIn(service)).accessToken);
  const ids: string[] = [];
  for (let count = 0; count < 100; count++) {
    ids.push((await createdKey(service, bearer)).id);
  }

  const body = { name: "A key", scopes: [] };
  expect(seen(await service.ask("/api/user/api-keys", { bearer, body }))).toEqual(
    refusal(409, "too_many_keys", "There are a hundred keys already. Delete one first."),
  );
  await service.ask(`/api/user/api-keys/${ids[0]}`, { method: "DELETE", bearer });
  await createdKey(service, bearer);
});
