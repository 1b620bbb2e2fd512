import { beforeAll, describe, expect, it } from "vitest";
import { Browser, memberBrowser } from "../support/browser.ts";
import type { Person } from "../support/people.ts";
import { PROTECTION } from "../support/protection.ts";
import { startService } from "../support/service.ts";
import { headersOf } from "./headers-of.ts";

const service = startService();
let browser: Browser;
let person: Person;

beforeAll(async () => {
  ({ browser, person } = await memberBrowser(service));
});

describe("what is no page", () => {
  it("a redirect comes with all protection, and sets no cookie", async () => {
    const redirect = await new Browser(service).open("/device");

    expect(redirect.status).toBe(303);
    expect(headersOf(redirect, ["cache-control", ...Object.keys(PROTECTION)])).toEqual({
      ...PROTECTION,
      "cache-control": "no-store",
    });
    expect(redirect.headers.getSetCookie()).toEqual([]);
    expect(redirect.source).toBe("");
  });

  it("signing in and out comes with all protection, and only the one cookie", async () => {
    const visitor = new Browser(service);
    const signedIn = await visitor.signIn(person);
    const { form } = await visitor.open("/device");
    const signedOut = await visitor.submit(form("/signout"));

    for (const answer of [signedIn, signedOut]) {
      expect(headersOf(answer, ["cache-control", ...Object.keys(PROTECTION)])).toEqual({
        ...PROTECTION,
        "cache-control": "no-store",
      });
      expect(answer.headers.getSetCookie()).toHaveLength(1);
    }
  });

  it("the stylesheet comes with all protection, may be kept, and loads nothing", async () => {
    const { elements } = await browser.open("/signin");
    const path = elements.find(({ attributes }) => attributes.rel === "stylesheet")?.attributes
      .href;
    const sheet = await browser.open(path ?? "");

    expect(sheet.status).toBe(200);
    expect(headersOf(sheet, ["content-type", "cache-control", ...Object.keys(PROTECTION)])).toEqual(
      {
        ...PROTECTION,
        "content-type": "text/css; charset=utf-8",
        "cache-control": "public, max-age=31536000, immutable",
      },
    );
    expect(sheet.headers.getSetCookie()).toEqual([]);
    expect(sheet.source).not.toMatch(/url\(|@import|expression/i);
  });

  it.each(["/style.css", "/style.css?v=0"])("the stylesheet is not kept as %s", async (path) => {
    const { status, headers } = await browser.open(path);
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
  });

  it("the script comes with all protection, may be kept, and sends nothing by itself", async () => {
    const { elements } = await browser.open("/signin");
    const path = elements.find(({ tag }) => tag === "script")?.attributes["src"] ?? "";
    const script = await browser.open(path);

    expect(script.status).toBe(200);
    expect(
      headersOf(script, ["content-type", "cache-control", ...Object.keys(PROTECTION)]),
    ).toEqual({
      ...PROTECTION,
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(script.headers.getSetCookie()).toEqual([]);
    expect(script.source).not.toMatch(/fetch\(|XMLHttpRequest|sendBeacon|eval|innerHTML|import/);
  });

  it("asking for the head alone is answered like asking for the page", async () => {
    const head = await browser.send("/signin", { method: "HEAD" });
    const { headers } = await browser.open("/signin");
    const names = [...headers.keys()].filter((name) => name !== "x-request-id");

    expect([head.status, head.source]).toEqual([200, ""]);
    expect(headersOf(head, names)).toEqual(headersOf({ headers }, names));
  });
});
