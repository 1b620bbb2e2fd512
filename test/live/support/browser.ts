import { anAddress } from "./an-address.ts";
import { issuer } from "./issuer.ts";
import { type Form, type Page, readPage } from "./page.ts";

/** A browser that keeps Latchkey's cookies and goes nowhere unasked. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #address = anAddress();

  /** Opens an address that was typed, or that another program opened. */
  open(url: URL): Promise<Page> {
    return this.#send(url, { headers: { "sec-fetch-site": "none" } });
  }

  /** Goes where a redirect of our own leads. */
  follow(url: URL): Promise<Page> {
    return this.#send(url, { headers: { "sec-fetch-site": "same-origin" } });
  }

  /** Sends a form with what is typed and the button that is pressed. */
  submit(page: Page, form: Form, typed: Readonly<Record<string, string>>): Promise<Page> {
    return this.#send(new URL(form.action, page.url), {
      method: "POST",
      // Under `Referrer-Policy: no-referrer` a form posts its origin as null. Fetch standard, §3.2.
      headers: { "sec-fetch-site": "same-origin", origin: "null" },
      body: new URLSearchParams({ ...form.fields, ...typed }),
    });
  }

  async #send(url: URL, init: RequestInit): Promise<Page> {
    if (url.origin !== issuer) {
      throw new Error(`this browser does not go to ${url.origin}`);
    }
    const headers = new Headers(init.headers);
    headers.set("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    headers.set("cf-connecting-ip", this.#address);
    headers.set("cookie", [...this.#cookies].map((pair) => pair.join("=")).join("; "));
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    this.#keep(response.headers.getSetCookie());
    return readPage(url, response);
  }

  #keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [, name = "", value = ""] = cookie.match(/^([^=]+)=([^;]*)/) ?? [];
      if (/;\s*max-age=0\b/i.test(cookie)) {
        this.#cookies.delete(name);
      } else {
        this.#cookies.set(name, value);
      }
    }
  }
}
