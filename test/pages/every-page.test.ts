import { beforeAll, describe, expect, it } from "vitest";
import { Browser, type Page, readingIn } from "../support/browser.ts";
import { PROTECTION } from "../support/protection.ts";
import { startService } from "../support/service.ts";
import { headersOf } from "./headers-of.ts";
import { pages, readyToVisit } from "./visits.ts";

/** The one script there is. */
const SCRIPT = {
  type: "module",
  src: expect.stringMatching(/^\/assets\/passkey\.js\?v=[0-9a-f]+$/),
};

/** What reads the same in English and German: names, codes, addresses and lines for a shell. */
const ALIKE =
  /^(Latchkey|A key|Browser|Code|Deutsch|English|Name|Name: Robin Example|Passkeys|\(code\)|\(address\)|[\w.]+\.test|curl .*)$/;

beforeAll(readyToVisit);

describe.each(Object.entries(pages))("%s", (_, [status, visit]) => {
  let page: Page;

  beforeAll(async () => {
    page = await visit();
  });

  it(`is a page with status ${status}, kept by nobody`, () => {
    expect(page.status).toBe(status);
    expect(headersOf(page, ["content-type", "cache-control"])).toEqual({
      "content-type": "text/html; charset=UTF-8",
      "cache-control": "no-store",
    });
  });

  it("comes with all protection, and sets no cookie", () => {
    const onTheWay = page.source.includes("/oauth/consent") ? " https:" : "";
    const scripts = page.elements.some(({ tag }) => tag === "script") ? "'self'" : "'none'";
    const policy = PROTECTION["content-security-policy"]
      .replace("form-action 'self'", `$&${onTheWay}`)
      .replace("script-src 'none'", `script-src ${scripts}`);
    expect(headersOf(page, Object.keys(PROTECTION))).toEqual({
      ...PROTECTION,
      "content-security-policy": policy,
    });
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(page.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("has a language and its direction, a title, one heading and one main part", () => {
    expect(page.source).toMatch(/^<!doctype html>/);
    const [html] = page.elements;
    expect(html).toEqual({ tag: "html", attributes: { lang: "en", dir: "ltr" } });
    expect(page.title).toMatch(/^\S.* – Latchkey$/);
    expect(page.elements.filter(({ tag }) => tag === "h1")).toHaveLength(1);
    expect(page.elements.filter(({ tag }) => tag === "main")).toHaveLength(1);
    expect(metaOf(page, "viewport")).toBe("width=device-width, initial-scale=1");
  });

  it("says in German everything that it says in English", async () => {
    const german = await readingIn("de", visit);

    const shared = linesOf(german).filter((line) => linesOf(page).includes(line));
    expect([german.status, german.lang]).toEqual([status, "de"]);
    expect(shared.filter((line) => !ALIKE.test(line))).toEqual([]);
  });

  it("has no script and no style of its own, and runs one only to ask for a passkey", () => {
    const asksForPasskey = page.forms.some(({ passkeyOptions }) => passkeyOptions !== null);
    const scripts = page.elements.filter(({ tag }) => tag === "script");
    const active = /^(script|style|iframe|frame|object|embed|base|svg|math|template|link)$/;
    const harmless = /^(icon|stylesheet|qr)$/;
    const found = page.elements.filter(
      ({ tag, attributes: { rel = "", class: name = rel } }) =>
        active.test(tag) && !harmless.test(name),
    );
    const inline = page.elements
      .flatMap(({ attributes }) => Object.keys(attributes))
      .filter((name) => /^(on|style$|srcdoc$|formaction$|http-equiv$|ping$)/i.test(name));

    expect(found).toEqual(scripts);
    expect(scripts.map(({ attributes }) => attributes)).toEqual(asksForPasskey ? [SCRIPT] : []);
    expect(page.source.match(/<script[^>]*>(?!<\/script>)/)).toBeNull();
    expect(inline).toEqual([]);
  });

  it("loads from here, links to here and posts to here only", () => {
    const addresses = page.elements
      .filter(({ tag }) => tag !== "a" || !page.title.startsWith("Mailbox"))
      .flatMap(({ attributes: { href, src, action } }) => [href, src, action])
      .filter((address) => address !== undefined);

    expect(addresses).toContainEqual(expect.stringMatching(/^\/style\.css\?v=[0-9a-f]+$/));
    for (const address of addresses) {
      expect(address).toMatch(/^(\/($|[\w.])|data:,$)/);
    }
    expect(page.forms.filter(({ method }) => method !== "post")).toEqual([]);
  });

  it("weighs less than 15 KiB with its style, as it is sent", async () => {
    const style = await new Browser(startService()).open("/style.css");

    const sizes = await Promise.all([page, style].map(({ source }) => packedBytes(source)));

    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(15 * 1024);
  });

  it("has a label for everything that can be typed, under an id of its own", () => {
    const ids = page.elements.flatMap(({ attributes: { id } }) => id ?? []);
    const labelled = page.elements.flatMap(({ attributes }) => attributes.for ?? []);
    const typed = page.elements.filter(
      ({ tag, attributes }) =>
        /^(input|select)$/.test(tag) && attributes.type !== "hidden" && !("hidden" in attributes),
    );

    expect(new Set(ids).size).toBe(ids.length);
    expect(labelled).toEqual(typed.map(({ attributes: { id } }) => id));
  });
});

/** What people read, but for what differs between any two visits, and for mails in the mailbox. */
function linesOf({ title, lines }: Page): string[] {
  const own = title.startsWith("Mailbox") ? lines.slice(0, 1) : lines;
  return [title.replace(/ – .*$/, ""), ...own].map((line) =>
    line.replaceAll(/[\w.-]+@[\w.-]+/g, "(address)").replaceAll(/[B-Z]{4}-[B-Z]{4}/g, "(code)"),
  );
}

async function packedBytes(text: string): Promise<number> {
  const packed = new Response(text).body?.pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed ?? null).arrayBuffer()).byteLength;
}

function metaOf({ elements }: Page, name: string): string | undefined {
  return elements.find(({ attributes }) => attributes.name === name)?.attributes.content;
}
