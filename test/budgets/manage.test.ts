import { beforeEach, describe, expect, it } from "vitest";
import { manageRoutes } from "../../src/pages/manage/manage-pages.ts";
import { administratorBrowser, personOf, setAccount } from "../support/administrators.ts";
import { stopClock } from "../support/clock.ts";
import { type Calls, countCalls } from "../support/count-calls.ts";
import { startPostOffice } from "../support/post-office.ts";
import { withSecondFactor } from "../surfaces/credebl/credebl.ts";

const NOTHING: Calls = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };
const ACCOUNT = "/manage/accounts/:accountId";

/** What each page reads beside who asks: the account that it is about, and what it lists. */
const reads: Readonly<Record<string, number>> = {
  "/manage": 0,
  [ACCOUNT]: 1,
  [`${ACCOUNT}/sessions`]: 3,
  [`${ACCOUNT}/events`]: 3,
  [`${ACCOUNT}/password-reset`]: 1,
  [`${ACCOUNT}/invitation`]: 1,
  [`${ACCOUNT}/sign-out`]: 1,
  [`${ACCOUNT}/second-factor-off`]: 1,
  [`${ACCOUNT}/disable`]: 1,
  [`${ACCOUNT}/enable`]: 1,
};

/** What each form costs beside who asks: as much as the call of the admin API that it stands for. */
const costs: Readonly<Record<string, Partial<Calls>>> = {
  "/manage": {},
  [`${ACCOUNT}/password-reset`]: { d1: 2, durableObjects: 1, queue: 1 },
  [`${ACCOUNT}/invitation`]: { d1: 2, durableObjects: 1, queue: 1 },
  [`${ACCOUNT}/sign-out`]: { d1: 2 },
  // Its owner is told by mail.
  [`${ACCOUNT}/second-factor-off`]: { d1: 2, durableObjects: 1, queue: 1 },
  [`${ACCOUNT}/disable`]: { d1: 3 },
  [`${ACCOUNT}/enable`]: { d1: 3 },
};

// The tenant's looks are remembered for a minute.
beforeEach(stopClock);

/** An administrator who has looked around, and somebody to administer. All mail is held. */
async function ready() {
  const service = startPostOffice();
  const { browser } = await administratorBrowser(service);
  const { id, email } = await personOf(service);
  const page = await browser.open("/manage");
  return {
    service,
    browser,
    id,
    email,
    page,
    at: (pattern: string) => pattern.replace(":accountId", id),
  };
}

describe("a page about other people's accounts costs the look for who asks, and", () => {
  it("is counted for every one", () => {
    const { shown, taking } = Object.groupBy(Object.entries(manageRoutes), ([, { GET }]) =>
      GET ? "shown" : "taking",
    );
    const posts = Object.entries(manageRoutes).filter(
      ([, { POST, SENSITIVE }]) => POST ?? SENSITIVE,
    );

    expect(taking).toBeUndefined();
    expect(Object.keys(reads)).toEqual(shown?.map(([path]) => path));
    expect(Object.keys(costs)).toEqual(posts.map(([path]) => path));
  });

  it.each(Object.entries(reads))("%s: %i D1", async (pattern, more) => {
    const { browser, at } = await ready();

    const calls = await countCalls(() => browser.open(at(pattern)));

    expect(calls).toEqual({ ...NOTHING, d1: 1 + more });
  });

  it("1 D1 for what was searched for", async () => {
    const { browser, page } = await ready();
    const { location } = await browser.submit(page.form("/manage"), { prefix: "p-" });

    const calls = await countCalls(() => browser.open(location ?? ""));

    expect(calls).toEqual({ ...NOTHING, d1: 2 });
  });

  it.each(Object.entries(costs))("to post to %s: %o", async (pattern, more) => {
    const { service, browser, id, email, page, at } = await ready();
    const { csrf = "" } = page.form("/manage").fields;
    if (pattern.endsWith("/second-factor-off")) {
      await withSecondFactor(service, id);
    }
    if (pattern.endsWith("/enable")) {
      await setAccount({ email }, "disabled_at = ?", Date.now());
    }

    const calls = await countCalls(() => browser.post(at(pattern), { csrf, prefix: "p-" }));

    expect(calls).toEqual({ ...NOTHING, ...more, d1: 1 + (more.d1 ?? 0) });
  });

  it("nothing more for a form with a wrong token, nor for somebody who administers nothing", async () => {
    const { browser, at } = await ready();
    const { browser: nobodys } = await administratorBrowser(startPostOffice(), "user");
    await nobodys.open("/account");

    const wrong = await countCalls(() => browser.post(at(`${ACCOUNT}/disable`), { csrf: "x" }));
    const closed = await countCalls(() => nobodys.open(at(ACCOUNT)));

    expect([wrong, closed]).toEqual([
      { ...NOTHING, d1: 1 },
      { ...NOTHING, d1: 1 },
    ]);
  });
});
