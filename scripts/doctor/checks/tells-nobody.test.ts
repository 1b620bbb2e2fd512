import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Patient } from "../patient.ts";
import { tellsNobody } from "./tells-nobody.ts";

const KNOWN = "ada@acme.test";
/** Of each kind five. */
const AT_FIRST = 10;

/** An instance that takes so long for a wrong password, by whose it is and how many came before: nobody waits. */
function patient(t: TestContext, takes: (isKnown: boolean, before: number) => number): Patient {
  let now = 0;
  let asked = 0;
  t.mock.method(performance, "now", () => now);
  return {
    url: "https://auth.acme.test",
    ...{ clientId: null, account: { email: KNOWN, password: null }, load: false },
    ...{ mailDomain: "acme.test", dkimSelector: null },
    async send(_, init) {
      now += takes(String(init?.body).includes(KNOWN), asked);
      asked += 1;
      return new Response("{}", { status: 401 });
    },
    texts: async () => [],
    stop: new AbortController().signal,
  };
}

test("a time that tells who has an account is told, and how often it was taken", async (t) => {
  const { outcome, saw } = await tellsNobody.look(patient(t, (isKnown) => (isKnown ? 200 : 100)));
  assert.equal(outcome, "fail");
  assert.equal(saw, "Medians of 5 and 15: 200 ms for a known address, 100 ms for an unknown one.");
});

test("a time that tells is told, though some answers were held up", async (t) => {
  const late = new Set([2, 5, 13, 17]);
  const takes = (isKnown: boolean, before: number) =>
    (isKnown ? 200 : 100) + (late.has(before) ? 150 : 0);
  assert.equal((await tellsNobody.look(patient(t, takes))).outcome, "fail");
});

test("what came apart by chance is looked at some more", async (t) => {
  const lateSlow = (isKnown: boolean, before: number) =>
    isKnown || before >= AT_FIRST ? 200 : 100;
  const { outcome } = await tellsNobody.look(patient(t, lateSlow));
  assert.equal(outcome, "pass");
});
