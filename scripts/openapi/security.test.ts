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

test("ADM-01: every operation of the admin API names the scopes that open it, each by itself", () => {
  const said = documented.map(({ operationId, security }) => [
    operationId,
    security.flatMap((way) => (way["administration"] ? [way["administration"]] : [])),
  ]);
  const opening = documented.map(({ operationId }) => {
    const operation = operations[operationId.replace("admin.", "") as keyof typeof operations];
    assert.ok("demand" in operation, `${operationId} demands nothing`);
    const isOpenTo = (scope: string) => operation.refuseCaller(clientWith(scope)) === null;
    return [operationId, ADMIN_SCOPES.filter(isOpenTo).map((scope) => [scope])];
  });

  assert.ok(documented.length > 20);
  assert.deepEqual(said, opening);
});
