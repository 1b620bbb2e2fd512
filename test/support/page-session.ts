import type { Person } from "./people.ts";
import type { TestService } from "./service.ts";

/** What a browser sends along with a form of our own. */
export const OWN_FORM = {
  "content-type": "application/x-www-form-urlencoded",
  "sec-fetch-site": "same-origin",
};

/** Signs somebody in on the page, as a browser would: the cookie, and the token of its forms. */
export async function signedInOnPage(service: TestService, { email, password }: Person) {
  const signIn = await service.ask("/signin", {
    body: new URLSearchParams({ email, password }).toString(),
    headers: OWN_FORM,
  });
  const cookie = signIn.headers.get("set-cookie")?.split(";")[0];
  if (!cookie) {
    throw new Error(`signing in on the page answered ${signIn.status} without a cookie`);
  }
  const { body } = await service.ask<string>("/device", { method: "GET", headers: { cookie } });
  const formToken = body.match(/name="csrf" value="([^"]+)"/)?.[1];
  if (!formToken) {
    throw new Error("the page has no form token");
  }
  return { cookie, formToken };
}
