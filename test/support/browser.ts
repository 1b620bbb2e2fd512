import { type Form, type Html, readHtml } from "./html.ts";
import { member } from "./members.ts";
import { type Person, registered } from "./people.ts";
import type { TestService } from "./service.ts";

/** An answer as the person in front of it sees it. */
export interface Page extends Html {
  status: number;
  headers: Headers;
  /** The body as it was sent. */
  source: string;
  /** Where a redirect leads; null for every other answer. */
  location: string | null;
  /** The form that posts to `action`. Throws when the page has none. */
  form(action: string): Form;
}

export type Fields = Record<string, string>;

const TYPED_ADDRESS = { "sec-fetch-site": "none" };
const OWN_LINK = { "sec-fetch-site": "same-origin" };
/** Under `Referrer-Policy: no-referrer` a form posts its origin as null. Fetch standard, §3.2. */
const OWN_FORM = { "sec-fetch-site": "same-origin", origin: "null" };

const address = { block: 0, opened: 0 };

let language = "en";

/** Does what somebody does whose browsers are all set to that language. */
export async function readingIn<T>(chosen: string, visit: () => Promise<T>): Promise<T> {
  language = chosen;
  try {
    return await visit();
  } finally {
    language = "en";
  }
}

/**
 * A browser at an address of its own. It keeps cookies, follows nothing unasked, and hands a cookie
 * to its host whatever site a request comes from: SameSite must not be the only fence.
 */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #service: TestService;
  readonly address: string;
  /** What the edge says about where it is. */
  place: Readonly<Record<string, unknown>> = {};
  /** What it says that it is; null for nothing. */
  program: string | null = null;

  constructor(service: TestService, address = nextAddress()) {
    this.#service = service;
    this.address = address;
  }

  /** Another browser, of the same service unless told, into which this one's cookies were copied. */
  copy(service = this.#service): Browser {
    const copy = new Browser(service);
    for (const [name, value] of this.cookies) {
      copy.cookies.set(name, value);
    }
    return copy;
  }

  open(path: string, headers: HeadersInit = TYPED_ADDRESS): Promise<Page> {
    return this.send(path, { headers });
  }

  /** Goes on where a 303 leads. Throws for every other answer. */
  follow({ status, location }: Page): Promise<Page> {
    if (status !== 303 || location === null) {
      throw new Error(`an answer of ${status} leads nowhere`);
    }
    return this.send(location, { headers: OWN_LINK });
  }

  /**
   * Sends a form with what is typed or pressed, which has to be there to type into or to press. Null
   * takes the tick from a box.
   */
  submit(form: Form, typed: Record<string, string | null> = {}): Promise<Page> {
    const sent: Fields = { ...form.fields };
    for (const [name, value] of Object.entries(typed)) {
      const isButton = form.buttons.some(
        (button) => button.name === name && button.value === value,
      );
      if (!isButton && !(name in form.fields) && !(name in form.boxes)) {
        throw new Error(`the form has neither a field nor a button ${name}`);
      }
      if (value === null) {
        delete sent[name];
      } else {
        sent[name] = value;
      }
    }
    return this.post(form.action, sent);
  }

  /** Posts fields as a form on one of our own pages does, unless the headers say otherwise. */
  post(path: string, fields: Fields, headers: HeadersInit = OWN_FORM): Promise<Page> {
    return this.send(path, { method: "POST", headers, body: new URLSearchParams(fields) });
  }

  async send(path: string, init: RequestInit): Promise<Page> {
    const url = new URL(path, this.#service.settings.publicUrl);
    const request = new Request(url, { ...init, redirect: "manual", cf: this.place });
    request.headers.set("cf-connecting-ip", this.address);
    request.headers.set("accept-language", language);
    if (this.program !== null) {
      request.headers.set("user-agent", this.program);
    }
    request.headers.set("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    if (this.cookies.size > 0) {
      const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`);
      request.headers.set("cookie", pairs.join("; "));
    }
    const response = await this.#service.fetch(request);
    this.#keep(response.headers.getSetCookie());
    return pageOf(response);
  }

  /** Signs in with the form. Throws when that does not lead on. */
  async signIn({ email, password }: Pick<Person, "email" | "password">): Promise<Page> {
    const { form } = await this.open("/signin");
    const answer = await this.submit(form("/signin"), { email, password });
    if (answer.status !== 303) {
      throw new Error(`signing in answered ${answer.status}`);
    }
    return answer;
  }

  /** A cookie goes when the server says so, not when its time is up: a thief would keep it too. */
  #keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [, name = "", value = ""] = cookie.match(/^([^=]+)=([^;]*)/) ?? [];
      if (/;\s*max-age=0\b/i.test(cookie)) {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value);
      }
    }
  }
}

async function pageOf(response: Response): Promise<Page> {
  const source = await response.text();
  const html = await readHtml(source);
  return {
    ...html,
    status: response.status,
    headers: response.headers,
    source,
    location: response.headers.get("location"),
    form(action) {
      const found = html.forms.find((form) => form.action === action);
      if (!found) {
        throw new Error(`the page "${html.title}" has no form that posts to ${action}`);
      }
      return found;
    },
  };
}

/** From the half of the test block that services under test leave free; no two in one file share it. */
function nextAddress(): string {
  address.block ||= 1 + (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0);
  address.opened += 1;
  return `198.19.${address.block - 1}.${address.opened % 256}`;
}

/** A browser in which somebody new is signed in, whose address is proved. */
export async function memberBrowser(
  service: TestService,
): Promise<{ browser: Browser; person: Person }> {
  return signedInBrowser(service, await member(service));
}

/** A browser in which somebody, new unless told, is signed in. */
export async function signedInBrowser(
  service: TestService,
  known?: Person,
): Promise<{ browser: Browser; person: Person }> {
  const person = known ?? (await registered(service));
  const browser = new Browser(service);
  await browser.signIn(person);
  return { browser, person };
}
