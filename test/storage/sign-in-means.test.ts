import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { passkeys } from "../../src/storage/d1/schema.ts";
import { stopClock } from "../support/clock.ts";
import { member } from "../support/members.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService } from "../support/service.ts";

it("what an account can be signed in to with is counted as it is now, its own alone", async () => {
  stopClock();
  const service = startService();
  const person = await member(service);
  const stranger = await member(service);
  await secondFactorOf(service, stranger);
  const { accounts } = service.ports;
  const account = await accounts.findByEmail(DEFAULT_TENANT_ID, person.email);
  const accountId = account?.id ?? "";
  const bare = {
    hasPassword: true,
    hasSecondFactor: false,
    recoveryCodesLeft: 0,
    passkeyCount: 0,
    mailStopsUntil: null,
  };

  expect(await accounts.findSignInMeans(accountId, new Date())).toEqual(bare);

  const { recoveryCodes } = await secondFactorOf(service, person);
  await openDatabase(env.DB).insert(passkeys).values(passkeyOf(accountId));
  expect(await accounts.findSignInMeans(accountId, new Date())).toEqual({
    ...bare,
    hasSecondFactor: true,
    recoveryCodesLeft: recoveryCodes.length,
    passkeyCount: 1,
  });

  const [recoveryCode = ""] = recoveryCodes;
  const { email, password } = person;
  await service.ask("/auth/signin", { body: { email, password, recoveryCode } });
  await env.DB.prepare("UPDATE passwords SET hash = NULL WHERE account_id = ?")
    .bind(accountId)
    .run();
  expect(await accounts.findSignInMeans(accountId, new Date())).toMatchObject({
    hasPassword: false,
    recoveryCodesLeft: recoveryCodes.length - 1,
  });
});

function passkeyOf(accountId: string): typeof passkeys.$inferInsert {
  return {
    id: crypto.randomUUID(),
    tenantId: DEFAULT_TENANT_ID,
    accountId,
    name: "A phone",
    credentialId: crypto.randomUUID(),
    publicKey: "",
    counter: 0,
    transports: [],
    createdAt: new Date(),
  };
}
