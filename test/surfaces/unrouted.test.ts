import { describe, expect, it } from "vitest";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";
import { MARK, sendRaw } from "./raw.ts";

const service = startService();
const JSON_HEADERS = { "cache-control": "no-store", "content-type": "application/json" };

const send = ({ method, path }: { method: string; path: string }) =>
  sendRaw(service, { method, path });

describe("a path that nothing answers to", () => {
  it.each([
    "/api",
    "/api/",
    "/api/nothing",
    "/api/login/",
    "/api//login",
    "/api/%ff",
    `/api/${MARK}`,
  ])("is refused in the contract's envelope under its base: %s", async (path) => {
    for (const method of ["GET", "POST"]) {
      expect(seen(await send({ method, path }))).toEqual({
        status: 404,
        headers: JSON_HEADERS,
        body: { error: { code: "not_found", message: "There is nothing here." } },
      });
    }
  });

  it.each(["/nothing", "/apis", "/API/login", "/%zz", `/${MARK}`])(
    "is refused in OAuth's form elsewhere: %s",
    async (path) => {
      for (const method of ["GET", "POST"]) {
        expect(seen(await send({ method, path }))).toEqual({
          status: 404,
          headers: JSON_HEADERS,
          body: { error: "not_found", error_description: "There is nothing here." },
        });
      }
    },
  );

  it("is another thing than a path that takes another method, outside of contracts too", async () => {
    for (const path of ["/.well-known/jwks.json", "/health"]) {
      const { status, headers } = await send({ method: "POST", path });
      expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "GET, HEAD" });
    }
  });
});
