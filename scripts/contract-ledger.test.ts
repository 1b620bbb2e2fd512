import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contractLedger } from "./contract-ledger.ts";

const ledger = readFileSync("docs/contracts.md", "utf8");

test("the ledger has every URL and refusal that is served; npm run contracts writes them", () => {
  assert.equal(contractLedger().text, ledger);
});

test("a test proves every URL, refusal and rule in the ledger", () => {
  assert.deepEqual(contractLedger().unproved, []);
});

test("a rule is proved by tests that there are, under every title that it names", () => {
  const row = (proof: string) => `| a rule | ${proof} |`;
  const proved = row("`surfaces/planasonix/sign-in`: a password › keeps the spaces around it");
  const unproved = [
    row(""),
    row("`surfaces/planasonix/sign-in`"),
    row("`surfaces/planasonix/sign-in`: keeps the spaces"),
    row("`surfaces/planasonix/sign-in`: a secret › keeps the spaces around it"),
    row("`surfaces/planasonix/sign-out`: keeps the spaces around it"),
    row("`surfaces/planasonix/sign-in`: keeps the spaces around it<br>the same elsewhere"),
  ];
  const rules = ["", "| rule | proved by |", "| --- | --- |", proved, ...unproved, ""].join("\n");

  assert.deepEqual(
    newlyUnproved(ledger + rules).map((text) => text.split("\n")[0]),
    unproved,
  );
});

test("a row that was changed by hand is written again, and a table that is gone is missed", () => {
  const [, status = ""] = ledger.match(/`POST \/api\/login` \| \w+ \| [\w ]+ \| (\d+)/) ?? [];

  assert.equal(status, "200");
  assert.equal(contractLedger(ledger.replaceAll("| 200 |", "| 201 |")).text, contractLedger().text);
  assert.deepEqual(newlyUnproved(ledger.replaceAll("lnchr urls", "urls")), [
    "There is no table of lnchr urls.",
  ]);
});

function newlyUnproved(changed: string): string[] {
  const before = contractLedger().unproved;
  return contractLedger(changed).unproved.filter((text) => !before.includes(text));
}
