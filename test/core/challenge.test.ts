import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { newCredentials } from "../../src/core/account/new-credentials.ts";
import { openChallenge, sealChallenge } from "../../src/core/session/challenge.ts";
import { composeService } from "../../src/ports.ts";
import { terms } from "../../src/surfaces/planasonix/terms.ts";
import { asking, provedAccount } from "../support/asking.ts";

const { ports } = composeService(env);

it("a sign-in that waits for its second factor is of its own tenant and contract alone", async () => {
  const { context } = asking({ ports }, { terms });
  const account = provedAccount(context);

  const token = await sealChallenge(context, newCredentials(account), null);

  expect(await openChallenge(context, token)).toMatchObject({ accountId: account.id });
  expect(await openChallenge({ ...context, tenantId: crypto.randomUUID() }, token)).toBeNull();
  const elsewhere = { ...context, terms: { ...terms, contract: "pages" } };
  expect(await openChallenge(elsewhere, token)).toBeNull();
});
