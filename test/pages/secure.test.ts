import { describe, expect, it } from "vitest";
import { createKey } from "../../src/core/key/create-key.ts";
import type { MailOrder } from "../../src/core/mail/mail-order.ts";
import { granted, isSignedIn, type Owner, owner } from "../support/asking.ts";
import { Browser, type Page, readingIn } from "../support/browser.ts";
import { only, startPostOffice, tokenIn } from "../support/post-office.ts";
import { startService } from "../support/service.ts";

const office = startPostOffice();

/** Somebody in whose name a key was made, and the link in the mail that told them. */
async function told(): Promise<{ who: Owner; token: string }> {
  const who = await owner(office);
  const { context, caller, settled } = who;
  const asked = { caller, name: "Otter feed", scopes: ["profile:read"], expiresAt: null };
  granted(await createKey(context, asked));
  await settled();
  return { who, token: tokenIn(only(await office.deliver())) };
}

const shown = ({ status, title, lines }: Page) => ({ status, title, lines });

const DEAD = {
  status: 400,
  title: "This link no longer works – Latchkey",
  lines: [
    "This link no longer works",
    "It was used before, it is too old, or a part of it is missing. If you used one like it, your account is secured already: ask for a link to set a new password.",
    "Mail me another link",
  ],
};

describe("the link of a mail about what was done to an account", () => {
  it("says what it would do and does nothing, however often it is opened", async () => {
    const { who, token } = await told();
    const browser = new Browser(office);

    const page = await browser.open(`/secure?token=${token}`);
    await browser.send(`/secure?token=${token}`, { method: "HEAD" });

    expect(shown(page)).toEqual({
      status: 200,
      title: "Was somebody else in your account? – Latchkey",
      lines: [
        "Was somebody else in your account?",
        "This gives it back to you. It does all of the following at once; until you press the button, nothing happens.",
        "Everybody is signed out, on every device and in every app.",
        "The password stops working. A link to set a new one is mailed to the address to which that mail came.",
        "What was added within the last three days is taken back: passkeys, API keys, and a second factor with its recovery codes.",
        "If the account got another e-mail address since, it gets this one back.",
        "What is older stays, a second factor too. If it was you after all, close this page.",
        "Secure my account",
      ],
    });
    expect(await isSignedIn(office, who.accessToken)).toBe(true);
  });

  it("does it with its button, once, and signs nobody in", async () => {
    const { who, token } = await told();
    const browser = new Browser(office);
    const { form } = await browser.open(`/secure?token=${token}`);

    const first = await browser.submit(form("/secure"));
    const second = await browser.submit(form("/secure"));

    expect(shown(first)).toEqual({
      status: 200,
      title: "Your account is secured – Latchkey",
      lines: [
        "Your account is secured",
        "Everybody is signed out, and the password no longer works. A link to set a new one is on its way. It works for an hour; look in the junk folder too.",
        "When you are in again, look through your account for anything else that is not from you.",
        "Mail me another link",
      ],
    });
    expect(shown(second)).toEqual(DEAD);
    expect(browser.cookies.size).toBe(0);
    expect(await isSignedIn(office, who.accessToken)).toBe(false);
    expect(only(await office.deliver())).toMatchObject({ to: who.person.email });
  });

  it.each(["", "?token=", `?token=${"x".repeat(2049)}`])(
    "is dead in a page that helps when a part is missing: %.20s",
    async (query) => {
      expect(shown(await new Browser(office).open(`/secure${query}`))).toEqual(DEAD);
    },
  );

  it("is dead when it was made up, or mailed for something else", async () => {
    const { who } = await told();
    await office.ask("/api/forgot-password", { body: { email: who.person.email } });
    const reset = tokenIn(only(await office.deliver()));
    for (const token of ["made-up", "", reset]) {
      expect(shown(await new Browser(office).post("/secure", { token }))).toEqual(DEAD);
    }
  });

  it("SES-07: is used by no form of another site", async () => {
    const { who, token } = await told();
    const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect((await new Browser(office).post("/secure", { token }, headers)).status).toBe(403);
    expect(await isSignedIn(office, who.accessToken)).toBe(true);
  });

  it("is refused for a while where too much is tried, and still works after", async () => {
    const { who, token } = await told();
    const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });

    const refused = await new Browser(fenced).post("/secure", { token });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await isSignedIn(office, who.accessToken)).toBe(true);

    expect((await new Browser(office).submit(refused.form("/secure"))).status).toBe(200);
  });

  it("mails the link to set a password although the queue was down for a moment", async () => {
    const { who, token } = await told();
    const orders: MailOrder[] = [];
    let failures = 1;
    const send = async (order: MailOrder) => {
      failures -= 1;
      if (failures >= 0) {
        throw new Error("the queue is down");
      }
      orders.push(order);
    };
    const service = startService({ MAIL: { send } });

    expect((await new Browser(service).post("/secure", { token })).status).toBe(200);
    expect(orders).toMatchObject([{ kind: "account-secured", email: who.person.email }]);
  });

  it("speaks German", async () => {
    const { token } = await told();
    const browser = new Browser(office);
    const { lang, title } = await readingIn("de-AT,de;q=0.9", () =>
      browser.open(`/secure?token=${token}`),
    );
    expect({ lang, title }).toEqual({
      lang: "de",
      title: "War jemand anderes in Ihrem Konto? – Latchkey",
    });
  });
});
