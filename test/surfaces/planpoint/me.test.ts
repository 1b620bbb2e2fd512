import { describe, expect, it } from "vitest";
import { alterAccount } from "../../support/alter-account.ts";
import {
  BAD_TOKEN,
  CROSS_SITE,
  IN_QUERY,
  NO_TOKEN,
  ok,
  refused,
  shown,
  userOf,
} from "./answers.ts";
import { FOREIGN, ORIGIN, startPlanpoint } from "./planpoint.ts";

const { ask, logIn, loggedIn } = startPlanpoint();

describe("GET /api/users/me", () => {
  it("shows the user to a Bearer token and to the cookie, without a token", async () => {
    const { person, bearer, headers } = await loggedIn();

    expect(shown(await ask("GET /me", { bearer }))).toEqual(ok(userOf(person)));
    expect(shown(await ask("GET /me", { headers }))).toEqual(ok(userOf(person)));
  });

  it("shows empty texts for a name that nobody has said", async () => {
    const { person, bearer } = await loggedIn();
    await alterAccount(person, { name: null, givenName: null, familyName: null });

    expect(shown(await ask("GET /me", { bearer }))).toEqual(
      ok({ ...userOf(person), name: "", lastName: "", fullName: "" }),
    );
  });

  it("refuses who brings nothing, or nothing good: a bad header is not made up for", async () => {
    const { headers } = await loggedIn();

    expect(shown(await ask("GET /me"))).toEqual(NO_TOKEN);
    expect(shown(await ask("GET /me", { headers: { cookie: "planpoint=x" } }))).toEqual(BAD_TOKEN);
    expect(shown(await ask("GET /me", { bearer: "x", headers }))).toEqual(BAD_TOKEN);
  });

  it("reads no token from the query string", async () => {
    const { bearer } = await loggedIn();

    expect(shown(await ask(`GET /me?access_token=${bearer}`))).toEqual(IN_QUERY);
    expect(shown(await ask("GET /me?access_token=x", { bearer }))).toEqual(IN_QUERY);
  });
});

describe("PUT /api/users/me", () => {
  const ABOUT = {
    name: "Robyn",
    lastName: "van Example",
    phone: "+43 1 234",
    companyName: "Example & Co",
    projectNameURL: "example-towers",
    country: "AT",
    address1: "Ring 1",
    address2: "Stiege 2",
    city: "Wien",
    region: "Wien",
    zip: "1010",
    invites: [{ firstName: "Kim", lastName: "Lee", email: "kim@example.test", level: "editor" }],
    preferences: { hideBrandingIcon: true, hideLoadingLogo: true },
  };

  it("stores what people say about themselves", async () => {
    const { person, bearer } = await loggedIn();
    const changed = { ...userOf(person), ...ABOUT, fullName: "Robyn van Example" };

    expect(shown(await ask("PUT /me", { bearer, body: ABOUT }))).toEqual(ok(changed));
    expect(shown(await ask("GET /me", { bearer }))).toEqual(ok(changed));
  });

  it("leaves what is not named as it is, and takes an empty text for none", async () => {
    const { person, bearer } = await loggedIn();
    await ask("PUT /me", { bearer, body: ABOUT });
    const body = { lastName: "Example", zip: "", preferences: { hideLoadingLogo: false } };

    expect(shown(await ask("PUT /me", { bearer, body }))).toEqual(
      ok({
        ...userOf(person),
        ...ABOUT,
        ...body,
        fullName: "Robyn Example",
        preferences: { hideBrandingIcon: true, hideLoadingLogo: false },
      }),
    );
    expect(shown(await ask("PUT /me", { bearer, body: {} }))).toMatchObject({ status: 200 });
  });

  it("passes over what grants or bills something", async () => {
    const { person, bearer } = await loggedIn();
    const body = {
      _id: "0".repeat(24),
      role: "admin",
      username: "else@example.test",
      zapier: true,
      token: "x",
      stripeAccountId: "acct_1",
      stripeOnboardingDone: true,
      stripeDetailsSubmitted: true,
      experimentalFeatures: true,
      appliedTrial: true,
      stripeCustomer: { id: "cus_1" },
      subscription: { id: "sub_1" },
      projects: ["x"],
      groups: ["x"],
      administrators: ["x"],
      editors: ["x"],
    };

    expect(shown(await ask("PUT /me", { bearer, body }))).toEqual(ok(userOf(person)));
    expect((await logIn(person)).body).toMatchObject({ role: "user" });
  });

  it.each([
    [{ name: 1 }, "name must be a text"],
    [{ phone: null }, "phone must be a text"],
    [{ city: "x".repeat(201) }, "city must have at most 200 characters"],
    [{ zip: "1\u0000" }, "zip must not contain control characters"],
    [{ region: "\ud83e" }, "region must be well-formed Unicode"],
    [{ invites: "kim@example.test" }, "invites must be a list of invites"],
    [{ invites: [{ email: "kim@example.test" }] }, "invites.0.firstName must be a text"],
    [{ preferences: [] }, "preferences must be an object"],
    [
      { preferences: { hideBrandingIcon: "yes" } },
      "preferences.hideBrandingIcon must be true or false",
    ],
    [[], "body must be an object"],
  ])("refuses %j: %s", async (body, message) => {
    const { bearer } = await loggedIn();

    expect(shown(await ask("PUT /me", { bearer, body }))).toEqual(refused(400, message));
  });

  it("SES-07: takes the cookie from its own origin only", async () => {
    const { headers } = await loggedIn();
    const put = (where: Record<string, string>) =>
      ask("PUT /me", { body: { city: "Graz" }, headers: { ...headers, ...where } });

    expect(shown(await put({}))).toEqual(CROSS_SITE);
    expect(shown(await put(FOREIGN))).toEqual(CROSS_SITE);
    expect(await put(ORIGIN)).toMatchObject({ status: 200, body: { city: "Graz" } });
  });

  it("refuses who is not signed in", async () => {
    expect(shown(await ask("PUT /me", { body: {} }))).toEqual(NO_TOKEN);
  });
});
