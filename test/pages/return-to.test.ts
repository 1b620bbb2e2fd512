import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../support/browser.ts";
import { type Person, registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

const EVIL = "evil.example";

/** Ways to say "go there" that parsers, proxies and browsers have fallen for. */
const elsewhere = [
  `https://${EVIL}`,
  `https://${EVIL}/device`,
  `http://${EVIL}/device?user_code=BCDF-GHJK`,
  `HTTPS://${EVIL}/device`,
  `https:${EVIL}/device`,
  `https:/${EVIL}/device`,
  `https:///${EVIL}/device`,
  `//${EVIL}`,
  `//${EVIL}/device`,
  `//${EVIL}:443/device`,
  `///${EVIL}/device`,
  `////${EVIL}/device`,
  `/\\${EVIL}/device`,
  `\\\\${EVIL}/device`,
  `\\/${EVIL}/device`,
  `/\\/${EVIL}/device`,
  `/\t/${EVIL}/device`,
  `/\n/${EVIL}/device`,
  `/\r\n/${EVIL}/device`,
  `\t//${EVIL}/device`,
  ` //${EVIL}/device`,
  `\u00a0//${EVIL}/device`,
  `\u0000//${EVIL}/device`,
  `/%09/${EVIL}/device`,
  `/%2f${EVIL}/device`,
  `/%5c${EVIL}/device`,
  `%2f%2f${EVIL}/device`,
  `/.//${EVIL}/device`,
  `/..//${EVIL}/device`,
  `/device/..//${EVIL}`,
  `/device//${EVIL}`,
  `/device/../..//${EVIL}/device`,
  `/device\\..\\..\\\\${EVIL}`,
  `/device@${EVIL}`,
  `//localhost:8787@${EVIL}/device`,
  `https://localhost:8787@${EVIL}/device`,
  `https://localhost:8787.${EVIL}/device`,
  `//${EVIL}#@localhost:8787/device`,
  `//here.invalid/device`,
  `https://here.invalid/device`,
  `/device?next=https://${EVIL}`,
  `/device#https://${EVIL}`,
  `/device?user_code=//${EVIL}`,
  `/device?user_code=a&url=https://${EVIL}`,
  `/device;https://${EVIL}`,
  `/device\r\nLocation: https://${EVIL}`,
  `/device?user_code=%0d%0aLocation:%20https://${EVIL}`,
  `/device%0d%0aSet-Cookie:%20latchkey=planted`,
  `javascript:alert(document.domain)`,
  `JaVaScRiPt:alert(1)//device`,
  `data:text/html,<script>alert(1)</script>`,
  `vbscript:msgbox(1)`,
  `blob:https://${EVIL}/device`,
  `.${EVIL}`,
  `@${EVIL}`,
  `${EVIL}/device`,
  `?https://${EVIL}`,
  `/signout`,
  `/dev/mailbox`,
  `/device`.padEnd(200, "/"),
  `//${EVIL}/account`,
  `https://${EVIL}/account/password`,
  `/\\${EVIL}/account/password`,
  `/\t/${EVIL}/account/password`,
  `/account@${EVIL}`,
  `/account.${EVIL}`,
  `/account:pass@${EVIL}`,
  `/account//${EVIL}`,
  `/account/\\${EVIL}`,
  `/account/\t/${EVIL}`,
  `/account/..//${EVIL}`,
  `/account/../..//${EVIL}/account`,
  `/account/password/..//${EVIL}`,
  `/account/%2e%2e//${EVIL}`,
  `/account/%2e%2e/%2e%2e/%2f${EVIL}`,
  `/account/%2f%2f${EVIL}`,
  `/account/%5c${EVIL}`,
  `/account/https://${EVIL}`,
  `/account/${EVIL}`,
  `/account/@${EVIL}`,
  `/account/password@${EVIL}`,
  `/account/password%00.${EVIL}`,
  `/account/%0d%0aLocation:%20https://${EVIL}`,
  `/account/javascript:alert(1)`,
  `/account?next=//${EVIL}`,
  `/account#//${EVIL}`,
  `/account;@${EVIL}`,
  `/account/`,
  `/accounts`,
  `/account/a/b/c`,
  `/account/${"a".repeat(41)}`,
  `/manage/`,
  `/manage@${EVIL}`,
  `/manage/..//${EVIL}`,
  `//${EVIL}/manage`,
  `/manage/accounts`,
  `/manage/accounts/${EVIL}`,
  `/manage/accounts/0b9f6f4e-7c1d-7c57-9a53-2f0a3f1c8e21/disable/..//${EVIL}`,
  `/manage/accounts/0b9f6f4e-7c1d-7c57-9a53-2f0a3f1c8e21/a/b`,
  `/manage/accounts/0b9f6f4e-7c1d-7c57-9a53-2f0a3f1c8e21@${EVIL}`,
  `/oauth/authorize?client_id=x&redirect_uri=https://${EVIL}`,
  `/oauth/consent`,
  `/oauth/consent?request=`,
  `/oauth/consent?request=https://${EVIL}`,
  `/oauth/consent?request=//${EVIL}`,
  `/oauth/consent?request=aGVsbG8%0d%0aLocation:%20https://${EVIL}`,
  `/oauth/consent?request=aGVsbG8=&next=//${EVIL}`,
  `/oauth/consent?request=${"A".repeat(15_001)}`,
  `/oauth/consent/..//${EVIL}?request=aGVsbG8`,
  `//${EVIL}/oauth/consent?request=aGVsbG8`,
  `/\\${EVIL}/oauth/consent?request=aGVsbG8`,
  `https://${EVIL}/oauth/consent?request=aGVsbG8`,
  `/oauth/consent@${EVIL}?request=aGVsbG8`,
  `//ｅｖｉｌ.example/device`,
  `/／${EVIL}/device`,
  `/。${EVIL}`,
  `"><a href=//${EVIL}>`,
  ``,
];

const service = startService();
let person: Person;

beforeAll(async () => {
  person = await registered(service);
});

describe("WEB-02: signing in leads to a page of ours", () => {
  it.each(elsewhere)("whatever it is asked for: %j", async (asked) => {
    const browser = new Browser(service);
    const { email, password } = person;

    const shown = await browser.open(`/signin?return_to=${encodeURIComponent(asked)}`);
    const answer = await browser.post("/signin", { email, password, return_to: asked });

    expect(answer.status).toBe(303);
    for (const path of [shown.form("/signin").fields.return_to, answer.location]) {
      expect(path).toMatch(/^(\/account|\/device(\?user_code=[\w.~!*'()%-]*)?)$/);
      expect(new URL(path ?? "", "http://localhost:8787/signin")).toMatchObject({
        origin: "http://localhost:8787",
        pathname: expect.stringMatching(/^\/(account|device)$/),
      });
    }
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    expect(answer.headers.getSetCookie()[0]).not.toContain("planted");
  });

  it("and to nothing else when it failed: the path is kept in the form", async () => {
    const browser = new Browser(service);
    const returnTo = { return_to: `//${EVIL}/device` };

    const { form } = await browser.post("/signin", { email: "x@example.test", ...returnTo });

    expect(form("/signin").fields.return_to).toBe("/account");
  });
});

describe("WEB-02: signing out leads to the sign-in page", () => {
  it.each(elsewhere)(
    "and from there to a page of ours, whatever it is asked for: %j",
    async (asked) => {
      const { location } = await new Browser(service).post("/signout", { return_to: asked });

      expect(location).toMatch(
        /^\/signin(\?return_to=%2Fdevice(%3Fuser_code%3D[\w.~!*'()%-]*)?)?$/,
      );
    },
  );
});

describe("WEB-02: any other name that a client may give it", () => {
  const names = ["next", "post_logout_redirect_uri", "redirect", "redirect_uri", "url", "continue"];

  it.each(names)("%s leads nowhere, in an address and in a form", async (name) => {
    const browser = new Browser(service);
    const { email, password } = person;
    const evil = { [name]: `https://${EVIL}` };
    const query = new URLSearchParams(evil);

    const shown = await browser.open(`/signin?${query}`);
    const signedIn = await browser.post(`/signin?${query}`, { email, password, ...evil });
    const { csrf = "" } = (await browser.open(`/account?${query}`)).form("/signout").fields;
    const signedOut = await browser.post(`/signout?${query}`, { csrf, ...evil });

    expect(shown.source).not.toContain(EVIL);
    expect([signedIn.status, signedIn.location]).toEqual([303, "/account"]);
    expect([signedOut.status, signedOut.location]).toEqual([303, "/signin"]);
  });
});

describe("WEB-02: what is kept of the path", () => {
  const kept = [
    ["/device", "/device"],
    ["/device?user_code=BCDF-GHJK", "/device?user_code=BCDF-GHJK"],
    ["/device?user_code=bcdf%20ghjk", "/device?user_code=bcdf%20ghjk"],
    ["/device?user_code=BCDF-GHJK&decision=approve&csrf=x", "/device?user_code=BCDF-GHJK"],
    ["/device?user_code=BCDF-GHJK#top", "/device?user_code=BCDF-GHJK"],
    ["/./device?user_code=BCDF-GHJK", "/device?user_code=BCDF-GHJK"],
    [`/device?user_code=${"B".repeat(33)}`, "/device"],
    ["/device?user_code=", "/device"],
    ["//evil.example/device?user_code=BCDF-GHJK", "/account"],
    ["https://localhost:8787/device?user_code=BCDF-GHJK", "/account"],
    ["/oauth/consent?request=aGVs-bG_8", "/oauth/consent?request=aGVs-bG_8"],
    ["/oauth/consent?decision=allow&request=aGVsbG8&csrf=x#y", "/oauth/consent?request=aGVsbG8"],
    ["/oauth/./consent?request=aGVsbG8&request=evil", "/oauth/consent?request=aGVsbG8"],
    ["//evil.example/oauth/consent?request=aGVsbG8", "/account"],
    ["/account", "/account"],
    ["/account/password", "/account/password"],
    ["/account/second-factor/recovery-codes", "/account/second-factor/recovery-codes"],
    ["/account/password?next=/device#top", "/account/password"],
    ["/account/../account/sessions", "/account/sessions"],
    ["/account/PASSWORD", "/account"],
  ] as const;

  it.each(kept)("%s leads to %s", async (asked, path) => {
    const { email, password } = person;

    const { location } = await new Browser(service).post("/signin", {
      email,
      password,
      return_to: asked,
    });

    expect(location).toBe(path);
  });
});
