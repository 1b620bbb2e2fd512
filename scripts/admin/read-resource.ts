import { Problem } from "../problem.ts";

const SCHEMES = ["https:", "http:", "urn:"];

/** An API as its tokens name it: an absolute URI without a fragment. RFC 8707 §2. */
export function readResource(given: string): string {
  const isNamed = SCHEMES.includes(URL.parse(given)?.protocol ?? "");
  if (!isNamed || /[#\s]/.test(given)) {
    throw new Problem(
      `${JSON.stringify(given)} is not a resource.`,
      "Give an absolute URI without a fragment, such as https://api.example.com or urn:example:api",
    );
  }
  return given;
}
