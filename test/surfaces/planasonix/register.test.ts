import { describe, expect, it } from "vitest";
import { linksIn } from "../../support/links.ts";
import { mailedToken, mailTo, VERIFY } from "../../support/mail.ts";
import { registered, signedIn, somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { onTheWire } from "../../support/wire.ts";
import { JSON_ANSWER, refusal } from "./refusal.ts";

const service = startService();

const register = (person: object, elsewhere = startService()) =>
  elsewhere.ask("/api/register", { body: person });

describe("POST /api/register", () => {
  it("makes an account, signs nobody in and mails a link to confirm the address", async () => {
    const person = somebody();

    expect(seen(await register(person))).toEqual({
      status: 201,
      headers: JSON_ANSWER,
      body: { success: true, message: "Check your inbox to confirm your e-mail address." },
    });

    const { user } = await signedIn(service, person);
    expect(user).toMatchObject({ email: person.email, name: person.name, emailVerified: false });
    const mail = await mailTo(service, person.email, VERIFY);
    expect(linksIn(mail)).toEqual(["http://localhost:8787/verify?token=<token>"]);
  });

  it("answers a taken address byte for byte like a free one, in any spelling", async () => {
    const taken = await registered(service);
    const inCapitals = { ...somebody(), email: ` ${taken.email.toUpperCase()}` };

    const free = await onTheWire(service, "/api/register", somebody());

    expect(await onTheWire(service, "/api/register", taken)).toEqual(free);
    expect(await onTheWire(service, "/api/register", inCapitals)).toEqual(free);
    expect(free.status).toBe(201);
  });

  it("tells the owner of a taken address by mail, without a link that does anything", async () => {
    const owner = await registered(service);
    const verified = { token: await mailedToken(service, owner.email, VERIFY) };
    await service.ask("/api/verify-email", { body: verified });

    await register({ ...owner, name: "A Stranger", password: "a stranger's words" });

    const mail = await mailTo(service, owner.email, /already/i);
    expect(mail.subject).toBe("You already have an account");
    expect(linksIn(mail)).toEqual(["http://localhost:8787/signin"]);
    expect(mail.text).not.toContain("A Stranger");
  });

  it("mails the owner of an address that was never confirmed a link to make the account theirs", async () => {
    const stranger = await registered(service);
    const password = "quiet-heron-marsh";

    await register({ ...stranger, name: "The Owner", password: "the owner's own words" });

    const token = await mailedToken(service, stranger.email, /finish setting up/i);
    const reset = await service.ask("/api/reset-password", { body: { token, password } });
    expect(reset.status).toBe(200);
    const { user } = await signedIn(service, { ...stranger, password });
    expect(user.emailVerified).toBe(true);
    expect((await service.ask("/api/login", { body: stranger })).status).toBe(401);
  });

  it("changes nothing on the account of a taken address", async () => {
    const owner = await registered(service);
    const password = "a stranger's words";

    await register({ ...owner, name: "A Stranger", password });

    expect((await signedIn(service, owner)).user.name).toBe("Robin Example");
    const stranger = { body: { email: owner.email, password } };
    expect((await service.ask("/api/login", stranger)).status).toBe(401);
  });

  it("trims the name", async () => {
    const person = await registered(service, somebody("  Robin Example\t"));

    expect((await signedIn(service, person)).user.name).toBe("Robin Example");
  });

  it("refuses a name of nothing, or with control characters in it", async () => {
    const invalid = (name: string) =>
      refusal(400, "validation_error", "The request is not valid.", { fields: { name } });

    expect(seen(await register(somebody("  ")))).toEqual(invalid("must not be empty"));
    expect(seen(await register(somebody("Robin\nBcc: all@example.test")))).toEqual(
      invalid("must not contain control characters"),
    );
  });

  it.each(["", "robin", "robin@", "@example.test", "robin@example", "a b@example.test"])(
    "refuses %j, which is no e-mail address",
    async (email) => {
      expect(seen(await register({ ...somebody(), email }))).toEqual(
        refusal(400, "validation_error", "The request is not valid.", {
          fields: { email: "must be an e-mail address" },
        }),
      );
    },
  );
});

describe("a password that is easy to guess", () => {
  const weak = (problem: string) =>
    refusal(400, "weak_password", "That password is too easy to guess.", {
      fields: { password: problem },
    });
  const robin = () => ({
    name: "Robin Underhill",
    email: `garnet.${crypto.randomUUID().slice(0, 8)}@meadow.test`,
  });

  it.each(["seven-7", "🦦🦦🦦🦦🦦🦦🦦", ""])(
    "is refused when it is short: %j",
    async (password) => {
      const answer = await register({ ...robin(), password });

      expect(seen(answer)).toEqual(
        password === ""
          ? refusal(400, "validation_error", "The request is not valid.", {
              fields: { password: "must not be empty" },
            })
          : weak("must have at least 8 characters"),
      );
    },
  );

  it.each(["password", "Password1", "qwertyuiop", "TrustNo1", "xxxxxxxxxxxxxxxxxxxx"])(
    "is refused when many use it: %j",
    async (password) => {
      expect(seen(await register({ ...robin(), password }))).toEqual(
        weak("is among the first that anyone would try; choose another"),
      );
    },
  );

  it.each(["robinunderhill", "Underhill2026!", "garnet-robin", "meadow.test.1", "latchkey-123"])(
    "is refused when it is made of the person's own names, or ours: %j",
    async (password) => {
      expect(seen(await register({ ...robin(), password }))).toEqual(
        weak("is made of your own name or address; choose another"),
      );
    },
  );

  it("is refused alike for a taken address", async () => {
    const taken = await registered(service);

    const answer = await register({ ...taken, password: "password" });

    expect(seen(answer)).toEqual(weak("is among the first that anyone would try; choose another"));
  });

  it.each(["gentle otter lake", "rhubarb-meadowlark", "🦦🌊🪨🌿🦦🌊🪨🐟", "        x"])(
    "is not one for lack of capitals, digits or signs: %j",
    async (password) => {
      expect((await register({ ...robin(), password })).status).toBe(201);
    },
  );
});
