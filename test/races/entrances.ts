import { contracts } from "../conformance/contracts.ts";
import { no, type Said, type Session, type SignIn } from "../conformance/driver.ts";
import { Browser, type Page } from "../support/browser.ts";
import type { TestService } from "../support/service.ts";

/** A way in with a password and a second factor. */
export interface Entrance {
  signIn(service: TestService, who: SignIn): Promise<Said>;
}

/** All there are: every contract, and the page. */
export const entrances: readonly Entrance[] = [
  ...contracts.map(({ connect }) => ({
    signIn: (service: TestService, who: SignIn): Promise<Said<Session>> =>
      connect(service).signIn(who),
  })),
  {
    async signIn(service, { email, password, code = "", recoveryCode = code }) {
      const browser = new Browser(service);
      const { form } = await halfwayOnPage(browser, { email, password });
      const answer = await browser.submit(form("/signin/code"), { code: recoveryCode });
      return answer.status === 303 ? { yes: true } : no("second_factor_invalid");
    },
  },
];

/** The page that asks for the second factor. */
export async function halfwayOnPage(
  browser: Browser,
  { email, password }: { email: string; password: string },
): Promise<Page> {
  const { form } = await browser.open("/signin");
  return browser.submit(form("/signin"), { email, password });
}
