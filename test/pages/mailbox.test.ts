import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { mailboxTransport } from "../../src/mail/mailbox.ts";
import { Browser } from "../support/browser.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../support/mail.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();
const browser = new Browser(service);

describe("the development mailbox", () => {
  it("says that it is empty before there is mail", async () => {
    expect((await browser.open("/dev/mailbox")).lines).toEqual([
      "Mailbox",
      "No mail yet. Reload after you have asked for some.",
    ]);
  });

  it("lists what would have been mailed, with links to click", async () => {
    const { email } = await registered(service);
    const token = await mailedToken(service, email, VERIFY);

    const { lines, elements } = await browser.open("/dev/mailbox");

    const link = `http://localhost:8787/verify?token=${token}`;
    expect(lines.map(withoutTime)).toEqual([
      "Mailbox",
      "Confirm your e-mail address",
      `To ${email}, (time)`,
      "Confirm that this address is yours:",
      link,
      "The link works once and for 24 hours. Only the newest link works.",
      "Asked for · (time)",
      "If you did not register, somebody else did, who goes on using the account once the address is confirmed. Ignore this mail: without the link nobody can confirm it.",
      "– Latchkey",
      "As it was mailed",
    ]);
    expect(elements).toContainEqual({ tag: "a", attributes: { href: link } });
  });

  it("has the newest mail first", async () => {
    const [first, second] = [await registered(service), await registered(service)];
    await mailTo(service, first.email, VERIFY);
    await mailTo(service, second.email, VERIFY);
    await service.ask("/api/forgot-password", { body: { email: first.email } });
    await mailTo(service, first.email, RESET);

    const { lines } = await browser.open("/dev/mailbox");

    expect(lines[1]).toBe("Set a new password");
    expect(withoutTime(lines[2] ?? "")).toBe(`To ${first.email}, (time)`);
  });

  it("lets a code stand out", async () => {
    const { email } = await registered(service);
    await browser.post("/signin/mail", { email });
    const { text } = await mailTo(service, email, /code/i);
    const [code] = text.match(/^\d{6}$/m) ?? [];

    const { source } = await browser.open("/dev/mailbox");

    expect(source).toContain(`<p class="code">${code}</p>`);
  });

  it("shows a mail's HTML as it was mailed, where it runs nothing and loads nothing", async () => {
    const html = `<p style="color:red" onclick="x()">Hi</p><script>alert(1)</script><img src="//x">`;
    const message = { to: "a@example.test", from: "x", subject: "Looks", text: "plain", html };
    await mailboxTransport(env.CODES)(message);
    const { elements } = await browser.open("/dev/mailbox");
    const paths = elements.flatMap(({ attributes: { href = "" } }) =>
      href.startsWith("/dev/mailbox/") ? [href] : [],
    );

    const shown = await browser.open(paths[0] ?? "");

    expect([shown.status, shown.source]).toEqual([200, html]);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      "content-type": "text/html; charset=UTF-8",
      "cache-control": "no-store",
      "content-security-policy":
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect((await browser.open("/dev/mailbox/none")).status).toBe(404);
  });

  it("is read under a loopback name alone", async () => {
    for (const path of ["/dev/mailbox", "/dev/mailbox/none", "/dev/mailbox.json"]) {
      const { status, lines } = await browser.open(`http://evil.example:8787${path}`);
      expect([status, lines[0]]).toEqual([404, "There is nothing here"]);
    }
  });

  it("shows hostile words as text", async () => {
    const words = `<script>alert(1)</script><a href="https://evil.example">"'&`;
    const message = { to: "a@example.test", from: words, subject: words, text: words, html: "" };
    await mailboxTransport(env.CODES)(message);

    const { lines, elements, source } = await browser.open("/dev/mailbox");

    expect(lines.filter((line) => line === words)).toHaveLength(2);
    expect(source).not.toContain("<script");
    expect(elements.filter(({ attributes: { href } }) => href?.includes("evil"))).toEqual([]);
  });

  it("is JSON too, of one addressee when asked, in any spelling", async () => {
    const { email } = await registered(service);
    await mailTo(service, email, VERIFY);
    await mailTo(service, (await registered(service)).email, VERIFY);

    const { source, headers } = await browser.open(
      `/dev/mailbox.json?to=${encodeURIComponent(` ${email.toUpperCase()}`)}`,
    );

    expect(headers.get("cache-control")).toBe("no-store");
    expect(JSON.parse(source)).toEqual({
      messages: [
        {
          to: email,
          from: "Latchkey <no-reply@auth.example.com>",
          subject: "Confirm your e-mail address",
          text: expect.stringContaining("/verify?token="),
          html: expect.stringContaining("/verify?token="),
          sent_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ],
    });
  });
});

function withoutTime(line: string): string {
  return line.replace(/\d{1,2} \w+ \d{4} at \d\d:\d\d UTC$/, "(time)");
}
