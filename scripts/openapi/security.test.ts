import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { AdminCaller } from "../../src/core/admin/admin-caller.ts";
import { ADMIN_SCOPES } from "../../src/core/admin/admin-scope.ts";
import { operations } from "../../src/core/operations.ts";
import type { Document } from "../../src/reference/types.ts";
import { REFERENCE } from "../openapi.ts";

const document: Document = JSON.parse(readFileSync(REFERENCE, "utf8"));
const documented = Object.values(document.paths)
  .flatMap((item) => Object.values(item))
  .filter(({ tags }) => tags.includes("Admin"));

/** A client that may do whatever its scopes open. */
const clientWith = (...scopes: string[]): AdminCaller => ({
  ...{ actorId: "client:office", clientId: "office", role: "admin", scopes },
  ...{ isOperator: true, person: null, sessionId: null },
});

const PAIRS = ADMIN_SCOPES.flatMap((one, at) =>
  ADMIN_SCOPES.slice(at + 1).map((other) => [one, other]),
);

test("ADM-01: every operation of the admin API names the scopes that open it, each by itself, or the two that do together", () => {
  const said = documented.map(({ operationId, security }) => [
    operationId,
    security.flatMap((way) => (way["administration"] ? [way["administration"]] : [])),
  ]);
  const opening = documented.map(({ operationId }) => {
    const operation = operations[operationId.replace("admin.", "") as keyof typeof operations];
    assert.ok("demand" in operation, `${operationId} demands nothing`);
    const isOpenTo = (scopes: string[]) => operation.refuseCaller(clientWith(...scopes)) === null;
    const alone = ADMIN_SCOPES.map((scope) => [scope]).filter(isOpenTo);
    return [operationId, alone.length > 0 ? alone : PAIRS.filter(isOpenTo)];
  });

  assert.ok(documented.length > 20);
  assert.deepEqual(said, opening);
});
