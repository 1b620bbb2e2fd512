import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { problemsIn } from "./openapi/lint.ts";
import { REFERENCE, referenceText } from "./openapi.ts";

const text = readFileSync(REFERENCE, "utf8");

test("the API reference is what the code says; npm run openapi writes it", () => {
  assert.equal(text, referenceText());
});

test("the linter finds nothing in it", async () => {
  assert.deepEqual(await problemsIn(text, REFERENCE), []);
});

test("the linter would find an example that is none, and a path that is there twice", async () => {
  const document = JSON.parse(text);
  document.paths["/api/login"].post.requestBody.content["application/json"].example.email = 7;
  document.paths["/auth/{other}/sessions"] = { get: document.paths["/auth/{id}/sessions"].get };

  const rules = (await problemsIn(JSON.stringify(document), REFERENCE)).map(
    (problem) => problem.split(":")[0],
  );

  assert.ok(rules.includes("no-invalid-media-type-examples"));
  assert.ok(rules.includes("no-identical-paths"));
});

test("what is explained to the linter has to be there", async () => {
  const document = JSON.parse(text);
  delete document.paths["/oauth/device/wait"];

  const problems = await problemsIn(JSON.stringify(document), REFERENCE);

  assert.ok(problems.some((problem) => problem.includes("is explained at")));
});
