import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { d1AuditLog } from "../../src/storage/d1/audit-log.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { accounts } from "../../src/storage/d1/schema.ts";
import { member } from "../support/members.ts";
import { startService } from "../support/service.ts";
import { contracts } from "./contracts.ts";
import { given } from "./driver.ts";

const db = openDatabase(env.DB);

async function eventsOf(email: string) {
  const [account] = await db.select().from(accounts).where(eq(accounts.email, email));
  return d1AuditLog(db).list(account?.id ?? "", 100);
}

describe.each(contracts)("REL-07: signing in through $contract", ({ connect }) => {
  it("is written down once, with the session that it opened", async () => {
    const service = startService();
    const person = await member(service);
    const earlier = await eventsOf(person.email);

    given(await connect(service).signIn(person));

    const [told, ...rest] = await eventsOf(person.email);
    expect(rest).toEqual(earlier);
    expect(told).toMatchObject({ event: "signed-in", id: told?.sessionId });
    expect(told?.actorId).toBe(told?.accountId);
  });
});
