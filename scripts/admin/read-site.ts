import { frontEndUrl, problemOfFrontEndUrl } from "../../src/core/tenant/front-end-url.ts";
import { Problem } from "../problem.ts";

/** The address of a site as it is stored. Refuses whatever a mailed token must not go to. */
export function readSite(given: string): string {
  const wrong = problemOfFrontEndUrl(given);
  if (wrong !== null) {
    throw new Problem(
      `${JSON.stringify(given)} ${wrong}.`,
      "Give the site's root, such as --to https://studio.example.com",
    );
  }
  return frontEndUrl(given);
}
