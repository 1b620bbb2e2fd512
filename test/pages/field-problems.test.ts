import { beforeAll, describe, expect, it } from "vitest";
import { Browser, memberBrowser, type Page } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { startService } from "../support/service.ts";

const service = startService();
const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });
let member: Browser;

beforeAll(async () => {
  await registerClients();
  ({ browser: member } = await memberBrowser(service));
});

const FIELD = /^(input|select|textarea)$/;

/** What is wrong with each field, by its name, as a screen reader says it in the field. */
function wrongFields({ elements, source }: Page): Record<string, string[]> {
  const marked = elements.filter(
    ({ tag, attributes }) => FIELD.test(tag) && "aria-invalid" in attributes,
  );
  return Object.fromEntries(
    marked.map(({ attributes: { name = "", "aria-describedby": ids = "" } }) => [
      name,
      ids.split(" ").flatMap((id) => {
        const text = source.match(new RegExp(`id="${id}">([^<]*)<`))?.[1];
        return id.startsWith("problem-") ? [text ?? `${id} is missing`] : [];
      }),
    ]),
  );
}

/** Sends the form on a page of the account, without what it held. */
async function sendEmpty(path: string, typed: Record<string, string>): Promise<Page> {
  const { form } = await member.open(path);
  const { csrf = "" } = form(path).fields;
  return member.post(path, { csrf, ...typed });
}

describe("a form that is refused", () => {
  it.each<[string, () => Promise<Page>, Record<string, string[]>]>([
    [
      "signing in, with a wrong password",
      () => new Browser(service).post("/signin", { email: "a@b.test", password: "x" }),
      {
        email: ["The e-mail address or the password is wrong."],
        password: ["The e-mail address or the password is wrong."],
      },
    ],
    [
      "registering, with a password that anybody would try",
      () => new Browser(service).post("/register", { email: "a@b.test", password: "password" }),
      { password: ["Your password is among the first that anyone would try; choose another."] },
    ],
    [
      "registering, with two things that are wrong",
      () =>
        new Browser(service).post("/register", {
          email: "a",
          password: "gentle otters swim",
          name: "a\u0007b",
        }),
      { name: [expect.any(String)], email: [expect.any(String)] },
    ],
    [
      "a link to set a new password, for what is no address",
      () => new Browser(service).post("/forgot", { email: "a" }),
      { email: [expect.any(String)] },
    ],
    [
      "a mailed code that is none",
      () => new Browser(service).post("/signin/mail/code", { email: "a@b.test", mailed_code: "" }),
      { mailed_code: ["Enter the code from the mail."] },
    ],
    [
      "a device's code that nothing waits under",
      () => member.post("/device", { user_code: "BBBB-BBBB" }),
      { user_code: ["No device is waiting under that code. Check it and type it again."] },
    ],
    [
      "a new password, without the one before",
      () =>
        sendEmpty("/account/security/password", {
          current_password: "",
          password: "gentle otters swim",
        }),
      { current_password: [expect.any(String)] },
    ],
    [
      "a key that may do nothing and has no name",
      () => sendEmpty("/account/keys", { name: "", life: "30" }),
      {
        name: ["Enter a name."],
        "profile:read": [expect.any(String)],
        "profile:write": [expect.any(String)],
      },
    ],
  ])("says in the field what is wrong with it: %s", async (_, post, expected) => {
    expect(wrongFields(await post())).toEqual(expected);
  });

  it("blames no field for what is wrong with none", async () => {
    const tooOften = await new Browser(fenced).post("/signin", {
      email: "a@b.test",
      password: "x",
    });
    expect(tooOften.status).toBe(429);
    expect(wrongFields(tooOften)).toEqual({});
  });

  it("blames no field before anything was typed", async () => {
    expect(wrongFields(await new Browser(service).open("/register"))).toEqual({});
  });
});
