import { env } from "cloudflare:workers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { proved } from "../support/account-kinds.ts";
import { Browser } from "../support/browser.ts";
import { type Person, registered, somebody } from "../support/people.ts";
import { only, type PostOffice, startPostOffice } from "../support/post-office.ts";

/** How somebody registers where nobody is told that an address is taken. */
const ways = [
  {
    way: "through Planasonix",
    register: (office: PostOffice, person: Person) =>
      office.ask("/api/register", { body: person }).then(({ status }) => status),
  },
  {
    way: "on the page",
    async register(office: PostOffice, { email, password, name }: Person) {
      const browser = new Browser(office);
      const { form } = await browser.open("/register");
      return (await browser.submit(form("/register"), { email, password, name })).status;
    },
  },
];

describe.each(ways)("ENU-03: registering a taken address $way", ({ register }) => {
  it("mails its owner, who is led to sign in, and changes nothing", async () => {
    const office = startPostOffice();
    const owner = await proved(office);

    expect(await register(office, { ...owner, password: "windy-lantern-orchard-7" })).toBeLessThan(
      300,
    );

    const letter = only(await office.deliver());
    expect(letter.to).toBe(owner.email);
    expect(letter.text).toContain(`${office.settings.publicUrl}/signin`);
    expect(letter.text).not.toContain("token=");
    const { status } = await office.ask("/api/login", { body: owner });
    expect(status).toBe(200);
  });

  it("ENU-02: has the database commit a write, as for a free one", async () => {
    const office = startPostOffice();
    const owner = await proved(office);
    const batches = vi.spyOn(Object.getPrototypeOf(env.DB), "batch");
    onTestFinished(() => void batches.mockRestore());
    const commits = async (person: Person) => {
      batches.mockClear();
      await register(office, { ...person, password: "windy-lantern-orchard-7" });
      const results = (await Promise.all(batches.mock.results.map(({ value }) => value))).flat();
      return results.some(({ meta }: D1Result) => meta.changed_db);
    };

    expect(await commits(somebody())).toBe(true);
    expect(await commits(owner)).toBe(true);
  });

  it("mails the mailbox a link to take the account over where nobody had proved it", async () => {
    const office = startPostOffice();
    const first = await registered(office);
    await office.deliver();

    await register(office, { ...first, password: "windy-lantern-orchard-7" });

    const letter = only(await office.deliver());
    expect(letter.to).toBe(first.email);
    expect(letter.text).toContain(`${office.settings.publicUrl}/reset?token=`);
  });
});
