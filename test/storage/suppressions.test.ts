import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Suppression } from "../../src/core/mail/suppression.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1Suppressions } from "../../src/storage/d1/suppressions.ts";

const DAY_MS = 86_400_000;
const AT = new Date("2026-11-01T12:00:00.000Z");
const later = (days: number) => new Date(AT.getTime() + days * DAY_MS);

const suppressions = d1Suppressions(openDatabase(env.DB));

/** A letter to somebody new that came back then. */
async function bounced(at = AT): Promise<Suppression> {
  const email = `${crypto.randomUUID()}@meadow.example`;
  const detail = "550 5.1.1";
  const one = { tenantId: "t", email, reason: "bounced", detail, at, until: later(14) } as const;
  await suppressions.add(one);
  return one;
}

it("an address is sent nothing until its time has come, and others as ever", async () => {
  const one = await bounced();
  expect(await suppressions.find("t", one.email, later(13))).toEqual(one);
  expect(await suppressions.find("t", one.email, later(14))).toBeNull();
  expect(await suppressions.find("t", `x${one.email}`, AT)).toBeNull();
  expect(await suppressions.find("another tenant", one.email, AT)).toBeNull();
});

it("what happened later counts, and what is told again does not", async () => {
  const one = await bounced();
  const older = { ...one, at: later(-1), until: later(13), reason: "complained" } as const;
  const same = { ...one, until: later(30) };
  const newer = { ...one, at: later(1), until: later(15), detail: "550 5.1.6" };
  for (const told of [older, same]) {
    await suppressions.add(told);
    expect(await suppressions.find("t", one.email, AT)).toEqual(one);
  }
  await suppressions.add(newer);
  expect(await suppressions.find("t", one.email, AT)).toEqual(newer);
});

it("one that an operator lifted does not begin anew where the same is told once more", async () => {
  const one = await bounced();
  await env.DB.prepare("UPDATE suppressed_addresses SET until = ? WHERE email = ?")
    .bind(later(1).getTime(), one.email)
    .run();
  await suppressions.add(one);
  expect(await suppressions.find("t", one.email, later(2))).toBeNull();
  await suppressions.add({ ...one, at: later(3), until: later(17) });
  expect(await suppressions.find("t", one.email, later(4))).not.toBeNull();
});
