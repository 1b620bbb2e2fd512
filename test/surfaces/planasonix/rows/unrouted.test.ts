import { describe, expect, it } from "vitest";
import { seen } from "../../../support/seen.ts";
import { startService } from "../../../support/service.ts";

describe("what no row takes", () => {
  it.each([
    ["GET", "/api/login", 405, "method_not_allowed", "This path does not take that method."],
    ["POST", "/api/none", 404, "not_found", "There is nothing here."],
    ["GET", "/api/user", 404, "not_found", "There is nothing here."],
  ])("%s %s is %d", async (method, path, status, code, message) => {
    const answer = seen(await startService().ask(path, { method }));

    expect(answer).toMatchObject({ status, body: { error: { code, message } } });
  });
});
