import { describe, expect, it } from "vitest";
import { planasonix } from "../conformance/drivers/planasonix.ts";
import { alterAccount } from "../support/alter-account.ts";
import { createdKey } from "../support/api-keys.ts";
import { Browser } from "../support/browser.ts";
import { stopClock } from "../support/clock.ts";
import { mailedToken, RESET } from "../support/mail.ts";
import { signedIn } from "../support/people.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService, type TestService } from "../support/service.ts";

const NEW_PASSWORD = "entirely-other-otters";

const CONFIRMED = "Your address is confirmed as well.";
const STILL_THERE =
  "Passkeys and API keys are still there: if somebody else had got in, look through them on your account page.";
const KEYS_GONE =
  "The API keys that the account had are gone. They were made before the address was confirmed, and could have been anybody's: make new ones on your account page.";
const SECOND_FACTOR_OFF =
  "Two-factor sign-in is off. It was set up before the address was confirmed, and could have been anybody's: set it up anew on your account page.";

type Has = "a key" | "an app";

const proved = { emailVerifiedAt: new Date() };
const user = { role: "user" } as const;
const power = { role: "superadmin" } as const;

const cases: [address: string, is: Parameters<typeof alterAccount>[1], Has[], says: string[]][] = [
  ["was proved", proved, ["a key", "an app"], [STILL_THERE]],
  ["was not proved", user, ["a key", "an app"], [CONFIRMED, KEYS_GONE, SECOND_FACTOR_OFF]],
  ["was not proved, without an app", user, ["a key"], [CONFIRMED, KEYS_GONE]],
  ["was not proved, without a key", user, ["an app"], [CONFIRMED, SECOND_FACTOR_OFF]],
  ["was not proved, of an account with power", power, ["a key", "an app"], [CONFIRMED, KEYS_GONE]],
];

/** Whose address nobody has proved, with what they made before. */
async function somebodyWith(service: TestService, has: readonly Has[]) {
  const { person, accessToken } = await signedIn(service);
  const key = has.includes("a key") ? (await createdKey(service, accessToken)).key : null;
  if (has.includes("an app")) {
    await secondFactorOf(service, person);
  }
  return { person, key };
}

/** The lines between the title and the link to sign in. */
async function resets(service: TestService, email: string, more = ""): Promise<string[]> {
  await service.ask("/api/forgot-password", { body: { email } });
  const browser = new Browser(service);
  const { form } = await browser.open(
    `/reset?token=${await mailedToken(service, email, RESET)}${more}`,
  );
  const { lines } = await browser.submit(form("/reset"), { password: NEW_PASSWORD });
  return lines.slice(1, -1);
}

describe("what the last page says that is still there, or gone", () => {
  it.each(cases)("of an address that %s: what the store has left", async (_, is, has, says) => {
    stopClock();
    const service = startService();
    const { keys, signIn } = planasonix.connect(service);
    const { person, key } = await somebodyWith(service, has);
    await alterAccount(person, is);
    const { email } = person;

    const [, ...said] = await resets(service, email);

    expect(said).toEqual(says);
    const isKeyGood = key !== null && (await keys?.use(key)) === "good";
    const isAsked = !(await signIn({ email, password: NEW_PASSWORD })).yes;
    expect({ isKeyGood, isAsked }).toEqual({
      isKeyGood: has.includes("a key") && !says.includes(KEYS_GONE),
      isAsked: has.includes("an app") && !says.includes(SECOND_FACTOR_OFF),
    });
  });

  it("of an account without a password: no sign-ins that ended, and nothing to look through", async () => {
    const service = startService();
    const { person: unproved } = await somebodyWith(service, []);
    const { person: known } = await somebodyWith(service, []);
    await alterAccount(known, proved);

    expect(await resets(service, unproved.email, "&first=1")).toEqual([
      "Sign in with the password.",
      CONFIRMED,
    ]);
    expect(await resets(service, known.email, "&first=1")).toEqual(["Sign in with the password."]);
  });
});
