import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import * as planasonix from "../../support/people.ts";
import { type PostOffice, startPostOffice } from "../../support/post-office.ts";
import {
  A_TIME,
  A_UUID,
  ask,
  BAD_TOKEN,
  BASES,
  isSignedIn,
  listFrontEnd,
  refusal,
  seen,
  signedIn,
  success,
  UNAUTHENTICATED,
} from "./credebl.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
const OF_ANOTHER = refusal(403, "That session belongs to another user");
let service: PostOffice;

beforeEach(() => {
  service = startPostOffice();
});

describe("GET /auth/:userId/sessions", () => {
  const list = (userId: string, bearer: string, base?: string) =>
    ask(service, `GET /auth/${userId}/sessions`, { bearer }, base);

  it.each(BASES)("lists the sessions of the caller under %s, the newest first", async (base) => {
    const first = await signedIn(service, undefined, { "user-agent": CHROME });
    const second = await signedIn(service, first.person);
    const { userId } = first.person;

    const answer = await list(userId, first.access_token, base);

    const shared = {
      userId,
      expiresAt: A_TIME,
      createdAt: A_TIME,
      clientInfo: expect.any(String),
      sessionType: "user-session",
    };
    expect(seen(answer)).toEqual(
      success(200, "User sessions fetched successfully", [
        { id: second.sessionId, ...shared },
        { id: first.sessionId, ...shared },
      ]),
    );
    const clientInfo = answer.body.data.map(({ clientInfo }) => JSON.parse(clientInfo));
    const ip = expect.stringMatching(/^198\.18\.\d+\.\d+$/);
    expect(clientInfo).toEqual([
      { browser: "", os: "", deviceType: "", rawDetail: "", ip },
      { browser: "Chrome 120", os: "Windows 10", deviceType: "desktop", rawDetail: CHROME, ip },
    ]);
  });

  it("lists those of other contracts too, and of nobody else", async () => {
    const { access_token, person } = await signedIn(service);
    await signedIn(service);
    await planasonix.signedIn(service, person);

    const { body } = await list(person.userId, access_token);

    expect(body.data.map(({ userId }) => userId)).toEqual([person.userId, person.userId]);
  });

  it("takes the caller's own id alone", async () => {
    const { access_token } = await signedIn(service);
    const { person } = await signedIn(service);

    expect(seen(await list(person.userId, access_token))).toEqual(OF_ANOTHER);
    expect(seen(await list(crypto.randomUUID(), access_token))).toEqual(OF_ANOTHER);
    expect(seen(await list("7", access_token))).toEqual(refusal(400, ["userId must be a UUID"]));
  });

  it("refuses whoever is not signed in", async () => {
    expect(seen(await ask(service, "GET /auth/7/sessions"))).toEqual(UNAUTHENTICATED);
    expect(seen(await list("7", "forged"))).toEqual(BAD_TOKEN);
  });
});

describe("DELETE /auth/:sessionId/sessions", () => {
  const revoke = (sessionId: string, bearer: string, base?: string) =>
    ask(service, `DELETE /auth/${sessionId}/sessions`, { bearer }, base);

  it.each(BASES)("ends a session of the caller's under %s", async (base) => {
    const { access_token, person } = await signedIn(service);
    const other = await signedIn(service, person);

    expect(seen(await revoke(other.sessionId, access_token, base))).toEqual(
      success(200, "Session deleted successfully"),
    );

    expect(await isSignedIn(service, other.access_token)).toBe(false);
    expect(await isSignedIn(service, access_token)).toBe(true);
  });

  it("ends nobody else's", async () => {
    const { access_token } = await signedIn(service);
    const stranger = await signedIn(service);

    expect(seen(await revoke(stranger.sessionId, access_token))).toEqual(OF_ANOTHER);
    expect(await isSignedIn(service, stranger.access_token)).toBe(true);
  });

  it("does not know sessions that ended, never were, or are another tenant's", async () => {
    const { access_token, sessionId, person } = await signedIn(service);
    const other = await signedIn(service, person);
    await revoke(other.sessionId, access_token);
    const stranger = await signedIn(service);
    await revoke(stranger.sessionId, stranger.access_token);
    const foreign = await signedIn(service);
    await env.DB.prepare("UPDATE accounts SET tenant_id = 'another' WHERE id = ?1")
      .bind(foreign.person.userId)
      .run();
    await env.DB.prepare("UPDATE sessions SET tenant_id = 'another' WHERE id = ?1")
      .bind(foreign.sessionId)
      .run();

    const ended = [other.sessionId, stranger.sessionId];
    for (const unknown of [...ended, crypto.randomUUID(), foreign.sessionId]) {
      expect(seen(await revoke(unknown, access_token))).toEqual(refusal(404, "Session not found"));
    }
    expect(seen(await revoke("7", access_token))).toEqual(
      refusal(400, ["sessionId must be a UUID"]),
    );
    expect((await revoke(sessionId, access_token)).status).toBe(200);
  });

  it("refuses whoever is not signed in", async () => {
    expect(seen(await ask(service, "DELETE /auth/7/sessions"))).toEqual(UNAUTHENTICATED);
    expect(seen(await revoke("7", "forged"))).toEqual(BAD_TOKEN);
  });
});

describe("GET /auth/clientAliases", () => {
  it.each(BASES)("lists the sites that mailed links may lead to under %s", async (base) => {
    await env.DB.exec("DELETE FROM front_ends");
    const fetched = (data: object[]) => success(200, "Client aliases fetched successfully", data);
    const listed = () => ask(service, "GET /auth/clientAliases", {}, base);

    expect(seen(await listed())).toEqual(fetched([]));
    await listFrontEnd("studio", "https://studio.example.test");

    expect(seen(await listed())).toEqual(
      fetched([
        {
          id: A_UUID,
          clientAlias: "studio",
          clientUrl: "https://studio.example.test",
          createDateTime: "1970-01-01T00:00:01.000Z",
          lastChangedDateTime: "1970-01-01T00:00:02.000Z",
        },
      ]),
    );
  });
});
