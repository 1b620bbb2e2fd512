import { afterEach, describe, expect, it, vi } from "vitest";
import { commonPasswords } from "../../src/core/password/common-passwords.ts";
import { normalisePassword, refuseWeakPassword } from "../../src/core/password/password-policy.ts";
import type { Context } from "../../src/core/ports.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { createBreachedPasswords } from "../../src/crypto/breached-passwords.ts";
import { terms } from "../../src/surfaces/planasonix/terms.ts";
import { REQUESTER } from "../support/requester.ts";
import { startService } from "../support/service.ts";

const { ports } = startService();
const context: Context = {
  ...ports,
  terms,
  tenantId: DEFAULT_TENANT_ID,
  requester: REQUESTER,
  afterwards: () => undefined,
};
const robin = { email: "robin.quimby@meadow.example", name: "Robin Quimby-O'Hara" };

const TOO_SHORT = "must have at least 8 characters";
const TOO_COMMON = "is among the first that anyone would try; choose another";
const OWN_NAME = "is made of your own name or address; choose another";
const BREACHED = "is known from a data breach; choose another";

/** What is wrong with a password, or null. */
async function issueWith(
  password: string,
  own: typeof robin | { email: string; name: null } = robin,
  asked = context,
) {
  const refused = await refuseWeakPassword(asked, password, own);
  if (!refused) {
    return null;
  }
  expect(refused).toMatchObject({ reason: "weak_password", comeBack: null });
  expect(refused.fields.map(({ field }) => field)).toEqual(["password"]);
  return refused.fields[0]?.issue;
}

describe("PWD-01: a password that is too short", () => {
  it.each([
    ["nothing", ""],
    ["seven characters", "tr7 Kq!"],
    ["seven characters that take two UTF-16 units each", "🦦🌙🎻🧭🪁🥨🛶"],
    ["seven characters that take three bytes each", "水曜日朝顔雲海"],
  ])("is refused: %s", async (_, password) => {
    expect(await issueWith(password)).toBe(TOO_SHORT);
  });

  it.each([
    ["eight characters", "tr7 Kq!z"],
    ["eight characters that take two UTF-16 units each", "🦦🌙🎻🧭🪁🥨🛶🧵"],
    ["eight characters that take three bytes each", "水曜日朝顔雲海松"],
  ])("is not refused any more: %s", async (_, password) => {
    expect(await issueWith(password)).toBeNull();
  });

  it("is measured by the setting", async () => {
    const strict = { ...context, settings: { ...context.settings, passwordMinLength: 15 } };
    expect(await issueWith("otter canal 14", robin, strict)).toBe(
      "must have at least 15 characters",
    );
    expect(await issueWith("otter canal 15!", robin, strict)).toBeNull();
  });
});

describe("PWD-04: a password that many people use", () => {
  it.each([
    "password",
    "PASSWORD",
    "Password",
    "pAsSwOrD",
    "12345678",
    "123456789",
    "1234567890",
    "qwertyuiop",
    "QwertyUiop",
    "1qaz2wsx",
    "iloveyou",
    "ILoveYou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "trustno1",
    "TrustNo1",
    "starwars",
    "computer",
    "corvette",
    "internet",
    "whatever",
    "1q2w3e4r",
    "qwer1234",
    "password1",
    "passw0rd",
    "letmein1",
    "welcome1",
  ])("is refused: %s", async (password) => {
    expect(await issueWith(password)).toBe(TOO_COMMON);
  });

  it("is refused in whatever form a keyboard composes it", async () => {
    expect(await issueWith(normalisePassword("ｐａｓｓｗｏｒｄ"))).toBe(TOO_COMMON);
  });

  it.each([
    "aaaaaaaa",
    "AAAAaaaa",
    "        ",
    "zzzzzzzzzzzzzzzzzzzzzzzz",
    "🦦🦦🦦🦦🦦🦦🦦🦦",
    "ÄäÄäÄäÄä",
  ])("is refused when it is one character again and again: %j", async (password) => {
    expect(await issueWith(password)).toBe(TOO_COMMON);
  });

  it("is looked for in a list of 4,000, each in lower case and long enough to be tried here", () => {
    const list = [...commonPasswords()];
    expect(list).toHaveLength(4_000);
    expect(list.filter((entry) => entry !== entry.toLowerCase())).toEqual([]);
    expect(list.filter((entry) => [...entry].length < 8)).toEqual([]);
  });

  it("is refused for every entry of the list, in upper case too", async () => {
    const accepted: string[] = [];
    for (const entry of commonPasswords()) {
      if ((await issueWith(entry.toUpperCase())) !== TOO_COMMON) {
        accepted.push(entry);
      }
    }
    expect(accepted).toEqual([]);
  });
});

describe("PWD-04: a password made of what everybody knows about a person", () => {
  it.each([
    ["the name", "RobinQuimby"],
    ["the name in lower case", "robin quimby"],
    ["the name with digits", "Robin1987!"],
    ["the last name twice", "quimbyquimby"],
    ["the address before the at sign", "robin.quimby"],
    ["the whole address", "robin.quimby@meadow.example"],
    ["the address's domain", "meadow2030"],
    ["names in another order", "OHara-Robin"],
    ["a name and up to three letters", "quimbyxyz"],
    ["the service's name", "Latchkey1"],
    ["the service's name with digits and signs", "2030-latchkey!"],
  ])("is refused: %s", async (_, password) => {
    expect(await issueWith(password)).toBe(OWN_NAME);
  });

  it.each([
    ["a name in a sentence of other words", "robin feeds the heron"],
    ["a name and four other letters", "quimbywxyz"],
    ["the service's name in a sentence", "my latchkey is under the mat"],
    ["somebody else's name", "Cassandra1987"],
  ])("is not refused: %s", async (_, password) => {
    expect(await issueWith(password)).toBeNull();
  });

  it("is found in names with accents", async () => {
    const zoe = { email: "z@meadow.example", name: "Zoë Müller" };
    expect(await issueWith("ZoëMüller1", zoe)).toBe(OWN_NAME);
  });

  it("is found in names however a keyboard composed their accents", async () => {
    const zoe = { email: "z@meadow.example", name: "Zoë Müller".normalize("NFD") };
    expect(await issueWith("ZoëMüller1", zoe)).toBe(OWN_NAME);
  });

  it("is told by the address alone where there is no name", async () => {
    const nameless = { email: "robin.quimby@meadow.example", name: null };
    expect(await issueWith("quimby1987", nameless)).toBe(OWN_NAME);
    expect(await issueWith("null and void", nameless)).toBeNull();
  });

  it("is not seen in names of fewer than three letters, which are in too many words", async () => {
    const jo = { email: "jo@x.example", name: "Jo Li" };
    expect(await issueWith("Jo Li 1987", jo)).toBeNull();
  });
});

describe("PWD-04: a password from a breach", () => {
  const warnings: unknown[] = [];
  const lookingUp: Context = {
    ...context,
    breachedPasswords: createBreachedPasswords("https://range.example.test/", (error) =>
      warnings.push(error),
    ),
  };

  /** A range service that knows the digest of "otter canal bridge" and counts its questions. */
  function rangeService() {
    return vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(async () => new Response("D068FEBF8F6A184CB80FD68E568009B5A53:3"));
  }
  afterEach(() => void vi.restoreAllMocks());

  it("is refused where the look-up knows it", async () => {
    rangeService();
    expect(await issueWith("otter canal bridge", robin, lookingUp)).toBe(BREACHED);
    expect(await issueWith("otter canal bridges", robin, lookingUp)).toBeNull();
    expect(warnings).toEqual([]);
  });

  it("is not looked up when it is refused already: nothing leaves this service for it", async () => {
    const asked = rangeService();
    for (const password of ["short", "password", "RobinQuimby"]) {
      expect(await issueWith(password, robin, lookingUp)).not.toBeNull();
    }
    expect(asked).not.toHaveBeenCalled();
  });

  it("is not looked up where that is not configured", async () => {
    const asked = rangeService();
    expect(await issueWith("otter canal bridge")).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });
});

describe("PWD-03: one password, however a keyboard composes it", () => {
  it.each([
    ["an accent of its own", "Zoe\u0308 a\u0300 la\u0300", "Zoë à là"],
    ["wide letters", "ｏｔｔｅｒ　１２", "otter 12"],
    ["a ligature", "oﬀ the ﬁle", "off the file"],
    ["Hangul in parts", "\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"],
    ["a no-break space", "otter\u00a0canal", "otter canal"],
  ])("%s", (_, typed, same) => {
    expect(typed).not.toBe(same);
    expect(normalisePassword(typed)).toBe(same);
    expect(normalisePassword(same)).toBe(same);
  });

  it("keeps what is different apart: case, spaces at the ends, look-alikes of other scripts", () => {
    const different = ["otter", "Otter", " otter", "otter ", "оtter", "ötter"];
    expect(new Set(different.map(normalisePassword)).size).toBe(different.length);
  });
});

describe("PWD-03: a good password is accepted, whatever it is composed of", () => {
  const printable = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i));

  it.each([
    ["lower case only", "otterscanalbridge"],
    ["upper case only", "OTTERSCANALBRIDGE"],
    ["words with spaces", "correct otter battery staple"],
    ["spaces at both ends", "  otter canal  "],
    ["digits only, if not on the list", "8391720465"],
    ["signs only", "}{~`|]['"],
    ["emoji", "🦦 swims at 🌙 time"],
    ["joined emoji", "👩‍👩‍👧‍👦👨‍🚀🏳️‍🌈"],
    ["letters with accents", "déjà-vu à l'île"],
    ["another script", "выдра плывёт ночью"],
    ["a tab and a newline", "otter\tcanal\nbridge"],
    ["two characters in turn", "xoxoxoxo"],
    ["all 95 printable characters of ASCII", printable],
    ["256 characters", Array.from({ length: 256 }, (_, i) => printable[(i * 37) % 95]).join("")],
  ])("%s", async (_, password) => {
    expect(await issueWith(password)).toBeNull();
  });
});
