import assert from "node:assert/strict";
import { test } from "node:test";
import { asPage } from "./page.ts";

test("a page says on what it was measured, and has a part for each piece of work", () => {
  const page = asPage({
    date: "2026-11-29",
    machine: { processor: "A CPU", cores: 2, platform: "linux x64", node: "24", workerd: "1" },
    peers: { "better-auth": "1.7", "oidc-provider": "9" },
    rounds: 5,
    seconds: 2,
    connections: 16,
    works: [{ work: "refresh", figures: [], ratios: [] }],
  });
  assert.match(
    page,
    /^Measured on 2026-11-29: A CPU, 2 cores, linux x64, workerd 1, Node 24; better-auth 1.7, oidc-provider 9. 5 rounds of 2 s, 16 connections.\n\n!\[/,
  );
  assert.match(page, /\n\n#### Refresh\n\n\|/);
});
