import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contractLedger } from "./contract-ledger.ts";

const { text, unproved } = contractLedger();

test("the ledger has every URL and refusal that is served; npm run contracts writes them", () => {
  assert.equal(readFileSync("docs/contracts.md", "utf8"), text);
});

test("a test proves every URL, refusal and rule in the ledger", () => {
  assert.deepEqual(unproved, []);
});
