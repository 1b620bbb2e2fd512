import { expect, it } from "vitest";
import { NO_CONTENT, refusal, seen } from "./answers.ts";
import { BASES, serviceKey, superadmin } from "./launcher.ts";

it("a tenant has a hundred service keys at most, and no other's count", async () => {
  const [launcher, elsewhere] = [await BASES[1].open(), await BASES[1].open()];
  const { token: bearer } = await superadmin(launcher);
  await serviceKey(elsewhere, (await superadmin(elsewhere)).token);
  const ids: string[] = [];
  for (let count = 0; count < 100; count++) {
    ids.push((await serviceKey(launcher, bearer)).id);
  }
  const create = () =>
    launcher.ask("POST /settings/service-keys", { bearer, body: { name: "Deploys" } });

  expect(seen(await create())).toEqual(
    refusal(409, "CONFLICT", "There are a hundred service keys already. Delete one first."),
  );
  const remove = await launcher.ask(`DELETE /settings/service-keys/${ids[0]}`, { bearer });
  expect(seen(remove)).toEqual(NO_CONTENT);
  expect((await create()).status).toBe(201);
});
