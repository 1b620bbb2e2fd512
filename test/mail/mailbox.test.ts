import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Letter } from "../../src/core/mail/letter.ts";
import { PLAIN_BRAND } from "../../src/core/tenant/brand.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { mailboxTransport, readMailbox } from "../../src/mail/mailbox.ts";
import { startService } from "../support/service.ts";

const NOW = Date.parse("2030-01-01T00:00:00.000Z");
const deliver = mailboxTransport(env.CODES);

const letter: Letter = {
  to: "a@b.example",
  language: "en",
  brand: PLAIN_BRAND,
  tenantId: DEFAULT_TENANT_ID,
  senderName: null,
  replyTo: null,
  ownTexts: {},
  origin: { city: "", country: "", browser: "", os: "", at: NOW },
  content: { kind: "address-taken", link: "https://auth.example.test/signin" },
};

const messageTo = (to: string, subject = "Subject") => ({
  to,
  from: "desk@meadow.example",
  subject,
  text: "text",
  html: "<p>html</p>",
});

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  const { keys } = await env.CODES.list();
  await Promise.all(keys.map(({ name }) => env.CODES.delete(name)));
});
afterEach(() => void vi.useRealTimers());

/** Delivers these one second apart. */
async function deliverAll(messages: readonly ReturnType<typeof messageTo>[]): Promise<void> {
  for (const message of messages) {
    await deliver(message);
    vi.setSystemTime(Date.now() + 1000);
  }
}

describe("the development mailbox", () => {
  it("keeps a message as it was sent, with the time", async () => {
    await deliver(messageTo("robin@meadow.example"));
    expect(await readMailbox(env.CODES, null)).toEqual([
      { ...messageTo("robin@meadow.example"), sent_at: "2030-01-01T00:00:00.000Z" },
    ]);
  });

  it("gives the newest first", async () => {
    await deliverAll(["one", "two", "three", "four"].map((word) => messageTo("a@b.example", word)));
    const subjects = (await readMailbox(env.CODES, null)).map(({ subject }) => subject);
    expect(subjects).toEqual(["four", "three", "two", "one"]);
  });

  it("gives the newest first past a turn of digits in the time", async () => {
    vi.setSystemTime(Date.parse("2033-05-18T03:33:19.500Z"));
    await deliverAll(["one", "two", "three"].map((word) => messageTo("a@b.example", word)));
    const subjects = (await readMailbox(env.CODES, null)).map(({ subject }) => subject);
    expect(subjects).toEqual(["three", "two", "one"]);
  });

  it("keeps messages apart that were sent in one moment", async () => {
    await Promise.all(
      ["one", "two", "three"].map((word) => deliver(messageTo("a@b.example", word))),
    );
    expect(await readMailbox(env.CODES, null)).toHaveLength(3);
  });

  it("gives those of one addressee alone, by the whole address", async () => {
    await deliverAll(
      [
        "robin@meadow.example",
        "a@b.example",
        "robin@meadow.example",
        "robin@meadow.example.test",
        "b@b.example",
      ].map((to, i) => messageTo(to, `${i}`)),
    );
    const of = async (to: string) =>
      (await readMailbox(env.CODES, to)).map(({ subject }) => subject);
    expect(await of("robin@meadow.example")).toEqual(["2", "0"]);
    expect(await of("a@b.example")).toEqual(["1"]);
    expect(await of("nobody@meadow.example")).toEqual([]);
    expect(await of("")).toEqual([]);
  });

  it("gives no more than the hundred newest", async () => {
    await deliverAll(Array.from({ length: 105 }, (_, i) => messageTo("a@b.example", `${i}`)));
    const subjects = (await readMailbox(env.CODES, "a@b.example")).map(({ subject }) => subject);
    expect(subjects).toEqual(Array.from({ length: 100 }, (_, i) => `${104 - i}`));
  });

  it("gives nothing else that lies in the same store", async () => {
    await env.CODES.put("reset-password:abc", "{}");
    expect(await readMailbox(env.CODES, null)).toEqual([]);
  });

  it("lets every message go after a day", async () => {
    vi.useRealTimers();
    await deliver(messageTo("a@b.example"));
    const { keys } = await env.CODES.list();
    const [key] = keys;
    expect(Number(key?.expiration) - Date.now() / 1000).toBeGreaterThan(86_400 - 60);
    expect(Number(key?.expiration) - Date.now() / 1000).toBeLessThan(86_400 + 60);
  });
});

describe("/dev/mailbox.json", () => {
  const read = (query = "") => startService().ask(`/dev/mailbox.json${query}`, { method: "GET" });

  it("is empty before anything was sent", async () => {
    const { status, body, headers } = await read();
    expect({ status, body }).toEqual({ status: 200, body: { messages: [] } });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("is the messages, newest first, with these fields and no other", async () => {
    await deliverAll([messageTo("a@b.example", "old"), messageTo("b@b.example", "new")]);
    const { body } = await read();
    expect(body).toEqual({
      messages: [
        { ...messageTo("b@b.example", "new"), sent_at: "2030-01-01T00:00:01.000Z" },
        { ...messageTo("a@b.example", "old"), sent_at: "2030-01-01T00:00:00.000Z" },
      ],
    });
  });

  it.each(["a@b.example", "A@B.example", "%20a@b.example%20", "a%40b.example"])(
    "is those of one addressee, however the address is typed: %s",
    async (to) => {
      await deliverAll([messageTo("a@b.example"), messageTo("b@b.example")]);
      const { body } = await read(`?to=${to}`);
      expect(body).toMatchObject({ messages: [{ to: "a@b.example" }] });
    },
  );
});

describe("in production", () => {
  const production = {
    ENVIRONMENT: "production",
    PUBLIC_URL: "https://auth.example.test",
    PASSWORD_ITERATIONS: "600000",
  };

  it.each([
    "/dev/mailbox",
    "/dev/mailbox.json",
    "/dev/mailbox.json?to=a@b.example",
    "/dev/mailbox/",
    "/dev/mailbox/1a2b3c4d",
    "/dev",
  ])("%s is a route that nobody knows", async (path) => {
    await deliver(messageTo("a@b.example"));
    const service = startService(production);
    const shown = async (asked: string, method: string) => {
      const { status, body, headers } = await service.ask(asked, { method });
      return { status, body, headers: [...headers].filter(([name]) => name !== "x-request-id") };
    };
    for (const method of ["GET", "POST", "HEAD"]) {
      expect(await shown(path, method)).toEqual(await shown("/no-such-route", method));
    }
    expect(await shown(path, "GET")).toMatchObject({
      status: 404,
      body: { error: "invalid_request" },
    });
  });

  it("no mailbox is there to be read, and letters are not put into one", async () => {
    const sent: unknown[] = [];
    const service = startService({
      ...production,
      EMAIL: { send: async (m: unknown) => sent.push(m) },
    });
    expect(service.mailbox).toBeNull();
    await service.ports.postbox.deliver(letter);
    expect(sent).toHaveLength(1);
    expect(await readMailbox(env.CODES, null)).toEqual([]);
  });
});
