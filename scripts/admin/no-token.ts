import { WWWAuthenticateChallengeError } from "openid-client";
import { Problem } from "../problem.ts";

/** Signs an operator in by device code. An operator registers it: docs/operating.md says how. */
export const DEVICE_CLIENT_ID = "latchkey-admin";

const WHERE = 'docs/operating.md, "Administering over HTTP", says how.';

interface Asked {
  url: string;
  scope: string;
  /** Whether for a client of the operator's own, and not by device code. */
  isOwn: boolean;
}

/** Why a service gave no token. What was given as id or secret is not said: they may have been mixed up. */
export function noToken(error: unknown, { url, scope, isOwn }: Asked): Problem {
  const { error: code, error_description: text } = error as Record<string, unknown>;
  // RFC 6749 §5.2: a 401 with a challenge is about the client.
  const why = error instanceof WWWAuthenticateChallengeError ? "invalid_client" : code;
  const who = isOwn ? "The client of LATCHKEY_ADMIN_CLIENT_ID" : `The client ${DEVICE_CLIENT_ID}`;
  const grant = isOwn ? "client_credentials" : "device_code";
  const known: Readonly<Record<string, readonly [what: string, advice: string]>> = {
    invalid_client: isOwn
      ? [
          `${url} knows no client of that id and secret.`,
          "Check LATCHKEY_ADMIN_CLIENT_ID and LATCHKEY_ADMIN_CLIENT_SECRET, or give LATCHKEY_ADMIN_TOKEN instead.",
        ]
      : [
          `There is no client ${DEVICE_CLIENT_ID} at ${url} to sign you in with.`,
          `Register it there, with the scope ${scope}; or give LATCHKEY_ADMIN_TOKEN, or LATCHKEY_ADMIN_CLIENT_ID and LATCHKEY_ADMIN_CLIENT_SECRET.`,
        ],
    invalid_scope: [
      `${who} may not ask for ${scope}, which the command needs.`,
      "The client has to have that scope: npm run admin -- set-client --help.",
    ],
    unauthorized_client: [
      `${who} does not have the grant ${grant}.`,
      `Name a client that has it, and the scope ${scope}.`,
    ],
  };
  const [what, advice] = known[String(why)] ?? [
    `${url} gave no token: ${text ?? code ?? (error as Error).message}`,
    `The command needs the scope ${scope}.`,
  ];
  return new Problem(what, `${advice} ${WHERE}`, { cause: error });
}
