import { describe, expect, it } from "vitest";
import { accountRoutes } from "../../../src/pages/account/account-pages.ts";
import { signInPath } from "../../../src/pages/return-to.ts";
import { Browser } from "../../support/browser.ts";
import { startService } from "../../support/service.ts";

const service = startService();

const paths = Object.keys(accountRoutes);

/** Where a path leads who has to sign in for it: back to it, or to the page above that shows its form. */
function signInFor(path: string): string {
  const hasPage = accountRoutes[path]?.GET !== undefined;
  return signInPath(hasPage ? path : path.slice(0, path.lastIndexOf("/")));
}

describe("who is not signed in", () => {
  it.each(paths)("is led from %s to the sign-in page, and back", async (path) => {
    const { status, location } = await new Browser(service).open(path);

    expect({ status, location }).toEqual({ status: 303, location: signInFor(path) });
  });
});
