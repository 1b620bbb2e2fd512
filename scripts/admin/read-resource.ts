import { Problem } from "../problem.ts";

/** An API as its tokens name it: an absolute URI without a fragment. RFC 8707 §2. */
export function readResource(given: string): string {
  const isNamed = URL.canParse(given) && /^(?:https?:\/\/[^/\\@]|urn:)/.test(given);
  if (!isNamed || !/^[!$-;=?-Z[\]_a-z~]+$/.test(given)) {
    throw new Problem(
      `${JSON.stringify(given)} is not a resource.`,
      "Give an absolute URI without a fragment, such as https://api.example.com or urn:example:api",
    );
  }
  return given;
}
