import { afterEach, describe, expect, it, vi } from "vitest";
import { Bounced } from "../../src/core/mail/bounced.ts";
import { describeError as inTheLog } from "../../src/log/describe-error.ts";
import { ResendError, resendTransport } from "../../src/mail/resend.ts";

const KEY = "re_canary_1234567890";
const message = {
  to: "robin@meadow.example",
  from: "Otter Desk <desk@meadow.example>",
  subject: "Set a new password",
  text: "text",
  html: "<p>html</p>",
};

afterEach(() => void vi.restoreAllMocks());

type Answer = () => Promise<Response>;

const taken: Answer = async () => Response.json({ id: "49a3999c" });
const problem =
  (status: number, name: string, words = "something", headers = {}): Answer =>
  async () =>
    Response.json({ name, message: words }, { status, headers });
const hangsUp: Answer = () => Promise.reject(new TypeError("Network connection lost."));

/** Sends the message to a provider that answers so, one after the other. */
async function sent(...answers: Answer[]) {
  const waited: number[] = [];
  vi.spyOn(scheduler, "wait").mockImplementation(async (delay) => void waited.push(delay));
  const fetched = vi.spyOn(globalThis, "fetch");
  for (const answer of answers) {
    fetched.mockImplementationOnce(answer);
  }
  const transport = resendTransport({ apiKey: KEY, url: "https://api.resend.example" });
  const end = await transport(message, "a-tenant").catch((error: unknown) => error);
  return { end, waited, asked: fetched.mock.calls };
}

const keysOf = (asked: unknown[][]) =>
  asked.map(([, init]) => new Headers((init as RequestInit).headers).get("idempotency-key"));

describe("Resend", () => {
  it("is handed a letter whole", async () => {
    const { end, asked } = await sent(taken);
    expect(end).toBeUndefined();
    expect(asked).toEqual([
      [
        "https://api.resend.example/emails",
        {
          method: "POST",
          redirect: "manual",
          headers: {
            authorization: `Bearer ${KEY}`,
            "content-type": "application/json",
            "idempotency-key": expect.stringMatching(/^[0-9a-f]{64}$/),
          },
          body: JSON.stringify({
            from: message.from,
            to: [message.to],
            subject: message.subject,
            text: message.text,
            html: message.html,
            headers: { "Auto-Submitted": "auto-generated" },
            tags: [{ name: "latchkey_tenant", value: "a-tenant" }],
          }),
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });

  it("is told where answers go", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(taken);
    const transport = resendTransport({ apiKey: KEY, url: "https://api.resend.example" });
    await transport({ ...message, replyTo: "help@otter.example" }, "a-tenant");
    const [[, init] = []] = fetched.mock.calls;
    expect(JSON.parse(String(init?.body))).toMatchObject({ reply_to: "help@otter.example" });
  });

  it.each<[string, Answer, number]>([
    ["whose answer is lost", hangsUp, 1000],
    ["that answers 500", problem(500, "application_error"), 1000],
    [
      "that asks for two seconds",
      problem(429, "rate_limit_exceeded", "", { "retry-after": "2" }),
      2000,
    ],
  ])("%s is asked again under the same key: it sends the letter once", async (_, answer, wait) => {
    const { end, asked, waited } = await sent(answer, taken);
    expect(end).toBeUndefined();
    expect(waited).toEqual([wait]);
    const [first, ...rest] = keysOf(asked);
    expect(first).toBeTruthy();
    expect(rest).toEqual([first]);
  });

  it("gets another letter under another key", async () => {
    const one = await sent(taken);
    vi.restoreAllMocks();
    const transport = resendTransport({ apiKey: KEY, url: "https://api.resend.example" });
    const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(taken);
    await transport({ ...message, text: "another link" }, "a-tenant");
    expect(keysOf(fetched.mock.calls)).not.toEqual(keysOf(one.asked));
  });

  it.each<[string, Answer[], string, number]>([
    ["hangs up three times", [hangsUp, hangsUp, hangsUp], "Resend did not answer", 3],
    [
      "answers 503 three times",
      Array<Answer>(3).fill(async () => new Response("<html>", { status: 503 })),
      "Resend answered 503",
      3,
    ],
    [
      "wants an hour",
      [problem(429, "rate_limit_exceeded", "", { "retry-after": "3600" })],
      "Resend answered 429 rate_limit_exceeded",
      1,
    ],
    [
      "has sent enough today",
      [problem(429, "daily_quota_exceeded")],
      "Resend answered 429 daily_quota_exceeded",
      1,
    ],
    [
      "does not know the key",
      [problem(401, "validation_error", "API key is invalid")],
      "Resend answered 401 validation_error",
      1,
    ],
    [
      "does not know the sender's domain",
      [problem(403, "validation_error", "The meadow.example domain is not verified")],
      "Resend answered 403 validation_error",
      1,
    ],
    [
      "is no Resend",
      [async () => new Response(null, { status: 302, headers: { location: "https://x.example" } })],
      "Resend answered 302",
      1,
    ],
  ])(
    "that %s has not taken the letter: it is tried again later",
    async (_, answers, says, tries) => {
      const { end, asked } = await sent(...answers);
      expect(end).toBeInstanceOf(ResendError);
      expect((end as Error).message).toBe(says);
      expect(asked).toHaveLength(tries);
    },
  );

  it("that takes no such address has bounced it", async () => {
    const refusal = "Invalid `to` field. The email address needs to follow …";
    const { end } = await sent(problem(422, "validation_error", refusal));
    expect(end).toEqual(new Bounced("422 validation_error"));
  });

  it("leaves neither key nor address in an error", async () => {
    const words = `${message.to} and ${KEY} and ${message.text}`;
    for (const answer of [problem(403, "validation_error", words), problem(403, words, words)]) {
      const { end } = await sent(answer);
      expect(JSON.stringify(inTheLog(end))).not.toMatch(/robin|canary/);
    }
  });
});
