import { decodeJwt } from "jose";
import { Problem } from "../problem.ts";

const ANOTHER =
  "Sign in again for another, or leave it out: the command then shows a code, which an administrator approves in a browser.";

/** That the service takes a token no more, by where the token was from. The text is the service's. */
export function refusedToken(token: string, text: string): Problem {
  if (token !== process.env["LATCHKEY_ADMIN_TOKEN"]) {
    return new Problem(text, "Run it again, for another token.");
  }
  return hasExpired(token)
    ? new Problem("The token in LATCHKEY_ADMIN_TOKEN has expired.", ANOTHER)
    : new Problem(`The token in LATCHKEY_ADMIN_TOKEN was refused. ${text}`, ANOTHER);
}

/** As it says itself; not every contract's tokens can be read. */
function hasExpired(token: string): boolean {
  try {
    const { exp } = decodeJwt(token);
    return exp !== undefined && exp * 1000 <= Date.now();
  } catch {
    return false;
  }
}
