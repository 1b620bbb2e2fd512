import { beforeEach, expect, it } from "vitest";
import { createdKey } from "../../../support/api-keys.ts";
import { signedIn } from "../../../support/people.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { refusal } from "../refusal.ts";
import { badFields, DONE, ok, rowsOf, TIME, UNAUTHENTICATED, UUID } from "./rows-of.ts";

const KEY = expect.stringMatching(/^plnx_live_[0-9A-Za-z]{38}$/);
const KEY_PREFIX = expect.stringMatching(/^plnx_live_[0-9A-Za-z]{4}$/);

let service: TestService;
const row = rowsOf(() => service);

beforeEach(() => {
  service = startService();
});

row("GET /api/user/api-keys", (ask) => {
  it("lists the caller's keys, the newest first, without the keys themselves", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const first = await createdKey(service, bearer, { expires_at: "2126-01-31T12:00:00Z" });
    const second = await createdKey(service, bearer, { scopes: [] });
    await service.ask("/api/user/profile", { method: "GET", bearer: first.key });

    expect(await ask({ bearer })).toEqual(
      ok({
        data: [
          {
            id: second.id,
            name: "A key",
            prefix: second.prefix,
            scopes: [],
            created_at: TIME,
            last_used_at: null,
            expires_at: null,
          },
          {
            id: first.id,
            name: "A key",
            prefix: first.prefix,
            scopes: ["profile:read"],
            created_at: TIME,
            last_used_at: TIME,
            expires_at: "2126-01-31T12:00:00Z",
          },
        ],
        meta: { total: 2 },
      }),
    );
  });

  it("is empty for who has none, and refused to nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer })).toEqual(ok({ data: [], meta: { total: 0 } }));
    expect(await ask()).toEqual(UNAUTHENTICATED);
  });
});

row("POST /api/user/api-keys", (ask) => {
  it("shows the key, this once", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer, body: { name: "Nightly", scopes: ["profile:read"] } })).toEqual(
      ok(
        {
          data: {
            id: UUID,
            name: "Nightly",
            scopes: ["profile:read"],
            prefix: KEY_PREFIX,
            key: KEY,
            created_at: TIME,
            expires_at: null,
          },
        },
        201,
      ),
    );
  });

  it("refuses what is incomplete, an expiry that is past, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const body = { name: "Nightly", scopes: [], expires_at: "2020-01-31T12:00:00Z" };

    expect(await ask({ bearer, body })).toEqual(badFields({ expires_at: "must be in the future" }));
    expect(await ask({ bearer, body: {} })).toEqual(
      badFields({ name: "is required", scopes: "must be a list of texts" }),
    );
    expect(await ask({ body })).toEqual(UNAUTHENTICATED);
  });
});

row("DELETE /api/user/api-keys/:id", (ask) => {
  const UNKNOWN = refusal(404, "not_found", "There is no such key.");

  it("deletes a key of the caller's own, once", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const { id } = await createdKey(service, bearer);

    expect(await ask({ bearer }, id)).toEqual(DONE);
    expect(await ask({ bearer }, id)).toEqual(UNKNOWN);
  });

  it("refuses unknown ids and those of others alike, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);
    const { accessToken: other } = await signedIn(service);
    const { id, key } = await createdKey(service, other);

    expect(await ask({ bearer }, id)).toEqual(UNKNOWN);
    expect(await ask({ bearer }, crypto.randomUUID())).toEqual(UNKNOWN);
    expect(await ask({ bearer }, "%20")).toEqual(UNKNOWN);
    expect(await ask({}, id)).toEqual(UNAUTHENTICATED);
    const { status } = await service.ask("/api/user/profile", { method: "GET", bearer: key });
    expect(status).toBe(200);
  });
});
