import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountKinds, Owners, proved } from "../support/account-kinds.ts";
import { NOBODYS } from "../support/address-entrances.ts";
import { Browser, type Page } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { stopClock } from "../support/clock.ts";
import { crawlForms } from "../support/crawl-forms.ts";
import { startedDevice } from "../support/devices.ts";
import type { Form } from "../support/html.ts";
import { withoutCeremony } from "../support/passkeys.ts";
import { somebody } from "../support/people.ts";
import { type PostOffice, startPostOffice } from "../support/post-office.ts";
import { traceCalls } from "../support/trace-calls.ts";

/** Every form for strangers that an address is typed into, and the one that comes after one of them. */
const ACTIONS = ["/forgot", "/register", "/signin", "/signin/mail", "/signin/mail/code"] as const;

let office: PostOffice;
let forms: Map<string, Form>;
let owners: Owners;

beforeAll(async () => {
  await registerClients();
  office = startPostOffice({ MAILS_PER_HOUR: "100" });
  owners = await Owners.make(office);
  const browser = new Browser(office);
  const { email } = somebody();
  const send = (form: Form) => ("email" in form.fields ? post(browser, form, email) : null);
  forms = await crawlForms(browser, "/", async (form) => send(form));
});

// What an isolate remembers for a minute would be asked for again between two that are compared.
beforeEach(() => {
  stopClock();
  office.orders.length = 0;
});

function post(browser: Browser, form: Form, email: string, password = NOBODYS): Promise<Page> {
  const typed = { email, password, name: "Robin Example", mailed_code: "000000" };
  const asked = Object.entries(typed).filter(([name]) => name in form.fields);
  return browser.submit(form, Object.fromEntries(asked));
}

function formAt(action: string): Form {
  const form = forms.get(action);
  if (!form) {
    throw new Error(`no form is sent to ${action}`);
  }
  return form;
}

/** What a stranger sees of an attempt, and what it asks of the platform, in order. */
async function observed(action: string, email: string, password?: string) {
  let seen: unknown;
  const calls = await traceCalls(async () => {
    seen = comparable(await post(new Browser(office), formAt(action), email, password), email);
  });
  return { seen, calls, mails: office.orders.splice(0).length };
}

/** An answer without what differs between any two: the request's number and what was typed. */
function comparable({ status, headers, source }: Page, typed: string): unknown {
  const { "x-request-id": _, ...rest } = Object.fromEntries(headers);
  const answer = { status, headers: rest, source: withoutCeremony(source) };
  return JSON.parse(JSON.stringify(answer).replaceAll(typed, "(typed)"));
}

it("ENU-01: these forms take a stranger's address, and no others", () => {
  const found = [...forms].filter(([, { fields }]) => "email" in fields).map(([action]) => action);

  expect(found.sort()).toEqual([...ACTIONS]);
});

describe.each(ACTIONS)("ENU-01, ENU-02: the form that is sent to %s", (action) => {
  it.each(accountKinds)(
    "is answered for an account $kind to the byte as for none, with the same calls",
    async ({ kind }) => {
      await observed(action, somebody().email);

      const unknown = await observed(action, somebody().email);
      const known = await observed(action, owners.of(kind).email);

      expect(known).toEqual(unknown);
    },
  );
});

describe("ENU-01: the sign-in page", () => {
  it("answers the right password of a disabled account like any wrong one", async () => {
    const disabled = owners.of("that is disabled");
    await observed("/signin", somebody().email);

    const unknown = await observed("/signin", somebody().email);

    expect(await observed("/signin", disabled.email, disabled.password)).toEqual(unknown);
  });

  it("answers a link to it alike, whatever address an app hints at", async () => {
    const link = (email: string) => `/signin?return_to=%2Fdevice&login_hint=${email}`;
    const { email } = owners.of("with a proved address");
    const page = async (typed: string) =>
      comparable(await new Browser(office).open(link(typed)), typed);

    expect(await page(email)).toEqual(await page(somebody().email));
  });
});

describe("ENU-01: the device page", () => {
  it("sends strangers to sign in with a code that waits as with one that does not", async () => {
    const { userCode } = await startedDevice(office);
    const visit = async (code: string) => {
      let page: unknown;
      const calls = await traceCalls(async () => {
        page = comparable(await new Browser(office).open(`/device?user_code=${code}`), code);
      });
      return { page, calls };
    };

    const waiting = await visit(userCode);

    expect(waiting.calls).toEqual([]);
    expect(waiting.page).toMatchObject({ status: 303 });
    expect(await visit("BBBB-BBBB")).toEqual(waiting);
  });
});

describe("ENU-01, ENU-02: a change of address", () => {
  it.each(accountKinds)(
    "to one that has an account $kind is answered and costs as to one that has none",
    async ({ kind }) => {
      const asks = async (email: string) => {
        const person = await proved(office);
        const browser = new Browser(office);
        await browser.signIn(person);
        const path = "/account/security/email";
        const form = (await browser.open(path)).form(path);
        office.orders.length = 0;
        let seen: unknown;
        const calls = await traceCalls(async () => {
          seen = comparable(await browser.submit(form, { email }), email);
        });
        return { seen, calls, mails: office.orders.splice(0).length };
      };

      const unknown = await asks(somebody().email);

      expect(unknown.mails).toBe(2);
      expect(await asks(owners.of(kind).email)).toEqual(unknown);
    },
  );
});
