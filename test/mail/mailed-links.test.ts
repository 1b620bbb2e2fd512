import { describe, expect, it } from "vitest";
import { type Person, registered, somebody } from "../support/people.ts";
import { only, type PostOffice, startPostOffice, tokenIn } from "../support/post-office.ts";

const MAIL_KINDS = ["/api/register", "/api/forgot-password"] as const;

/** Asks for mail with headers that name another host. */
async function askSpoofed(service: PostOffice, path: string, body: object): Promise<void> {
  const response = await service.fetch(
    new Request(`http://attacker.example${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "cf-connecting-ip": "198.18.0.1",
        host: "attacker.example",
        "x-forwarded-host": "attacker.example",
        "x-forwarded-proto": "gopher",
        "x-original-host": "attacker.example",
        "x-host": "attacker.example",
        forwarded: "host=attacker.example;proto=gopher",
        origin: "https://attacker.example",
        referer: "https://attacker.example/",
      },
      body: JSON.stringify(body),
    }),
  );
  expect(response.status).toBeLessThan(300);
}

async function verified(service: PostOffice, person = somebody()): Promise<Person> {
  await registered(service, person);
  const token = tokenIn(only(await service.deliver()));
  await service.ask("/api/verify-email", { body: { token } });
  return person;
}

async function forgotten(service: PostOffice, { email }: Person) {
  await service.ask("/api/forgot-password", { body: { email } });
  return only(await service.deliver());
}

describe("a mailed link", () => {
  it("REC-01: leads to the configured URL and carries a token of 256 bits", async () => {
    const service = startPostOffice();
    const person = somebody();
    await registered(service, person);
    const verify = only(await service.deliver());
    const reset = await forgotten(service, person);

    expect(verify.text).toMatch(/\n\nhttp:\/\/localhost:8787\/verify\?token=[\w-]{43}\n\n/);
    expect(reset.text).toMatch(/\n\nhttp:\/\/localhost:8787\/reset\?token=[\w-]{43}\n\n/);
    for (const { text, html } of [verify, reset]) {
      expect(html).toContain(`href="${text.match(/http\S+/)?.[0]}"`);
    }
  });

  it("leads to the configured URL in production", async () => {
    const service = startPostOffice();
    const production = startPostOffice({
      ENVIRONMENT: "production",
      PUBLIC_URL: "https://auth.example.test/",
      PASSWORD_ITERATIONS: "600000",
    });
    await registered(service);
    production.orders.push(...service.orders);
    const { text } = only(await production.deliver());
    expect(text).toMatch(/\n\nhttps:\/\/auth\.example\.test\/verify\?token=[\w-]{43}\n\n/);
  });

  it.each(MAIL_KINDS)("MET-03: %s: follows no header that names another host", async (path) => {
    const service = startPostOffice();
    const person = path === "/api/register" ? somebody() : await verified(service);
    await askSpoofed(service, path, person);
    const letter = only(await service.deliver());
    expect(JSON.stringify(letter)).not.toMatch(/attacker|gopher/);
    expect(letter.text.match(/http\S+/g)).toEqual([
      expect.stringMatching(/^http:\/\/localhost:8787\/(verify|reset)\?token=[\w-]{43}$/),
    ]);
  });

  it("is another in every letter", async () => {
    const service = startPostOffice();
    const person = await verified(service);
    const tokens = [
      tokenIn(await forgotten(service, person)),
      tokenIn(await forgotten(service, person)),
    ];
    expect(new Set(tokens).size).toBe(2);
  });

  it("works: the letter's own token confirms the address and sets a password", async () => {
    const service = startPostOffice();
    const person = await verified(service);
    const token = tokenIn(await forgotten(service, person));
    const password = "a fresh otter of june";
    expect((await service.ask("/api/reset-password", { body: { token, password } })).status).toBe(
      200,
    );
    const { status, body } = await service.ask("/api/login", {
      body: { email: person.email, password },
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { user: { emailVerified: true } },
    });
  });
});

describe("who is written to, and from whom", () => {
  it("a letter goes to the account's address, from the configured sender", async () => {
    const service = startPostOffice({ MAIL_FROM: "Otter Desk <desk@meadow.example>" });
    const person = somebody();
    await registered(service, person);
    expect(only(await service.deliver())).toMatchObject({
      to: person.email,
      from: "Otter Desk <desk@meadow.example>",
    });
  });

  it("however the address was typed, the letter goes where the account is", async () => {
    const service = startPostOffice();
    const person = await verified(service);
    const typed = ` ${person.email.toUpperCase()} `;
    await service.ask("/api/forgot-password", { body: { email: typed } });
    expect(only(await service.deliver()).to).toBe(person.email);
  });

  it("nobody is written to at an address without an account", async () => {
    const service = startPostOffice();
    await service.ask("/api/forgot-password", { body: { email: somebody().email } });
    expect(service.orders).toHaveLength(1);
    expect(await service.deliver()).toEqual([]);
  });

  it("nobody is asked again to confirm an address that is confirmed", async () => {
    const service = startPostOffice();
    const person = somebody();
    await registered(service, person);
    const [order] = service.orders;
    await service.ask("/api/verify-email", {
      body: { token: tokenIn(only(await service.deliver())) },
    });
    service.orders.push(...(order ? [order] : []));
    expect(await service.deliver()).toEqual([]);
  });
});

it("nobody's name is in a letter: a stranger may have chosen it and would be mailing their words", async () => {
  const service = startPostOffice();
  const owner = somebody("Read https://attacker.example at once");
  await registered(service, owner);
  const letters = [only(await service.deliver()), await forgotten(service, owner)];
  await registered(service, { ...owner, name: "Robin" });
  letters.push(only(await service.deliver()));
  const token = tokenIn(letters.at(-1) as (typeof letters)[0]);
  await service.ask("/api/reset-password", { body: { token, password: "a fresh otter of june" } });
  letters.push(only(await service.deliver()));
  await registered(service, owner);
  letters.push(only(await service.deliver()));

  expect(letters.map(({ subject }) => subject)).toEqual([
    "Confirm your e-mail address",
    "Set a new password",
    "Finish setting up your account",
    "Your password was changed",
    "You already have an account",
  ]);
  expect(JSON.stringify(letters)).not.toContain("attacker");
});
