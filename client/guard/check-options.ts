/** What any guard takes. */
const DEMANDS = ["scopes", "roles", "realm"];

/** What each kind takes besides. */
const KINDS = {
  "by an issuer's keys": ["issuer", "audience", "tenant"],
  "by a binding": ["binding", "audience", "offline", "credential"],
  "for API keys": ["binding", "credential"],
} as const;

type Kind = keyof typeof KINDS;

/** What to do about an option that another kind of guard has. */
const ADVICE: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  "by an issuer's keys": {
    credential: "Only a `binding` can tell whether an API key is good.",
    offline: "It asks nobody as it is: leave it out.",
  },
  "by a binding": {
    tenant: "The `props` of the binding name the tenant: see docs/client.md.",
  },
  "for API keys": {
    tenant: "The `props` of the binding name the tenant: see docs/client.md.",
    audience: "A key is for no API in particular: demand `scopes`.",
    offline: "A key has no signature: Latchkey has to be asked.",
  },
};

/**
 * Throws a TypeError for options that contradict each other, and for one that no guard has: it would be
 * passed over, and may have been meant for a demand.
 */
export function checkOptions(options: object): void {
  if ("issuer" in options === "binding" in options) {
    const found = "issuer" in options ? "Both are there" : "Neither is there";
    throw new TypeError(
      `A guard verifies with the keys of an \`issuer\`, or asks a \`binding\`. ${found}: name one.`,
    );
  }
  const kind = kindOf(options);
  const known: readonly string[] = [...KINDS[kind], ...DEMANDS];
  const odd = Object.keys(options).find((name) => !known.includes(name));
  if (odd !== undefined) {
    const advice = ADVICE[kind][odd] ?? `It takes ${known.join(", ")}.`;
    throw new TypeError(`A guard ${kind} takes no \`${odd}\`. ${advice}`);
  }
}

function kindOf(options: { offline?: unknown; credential?: unknown }): Kind {
  if ("issuer" in options) {
    return "by an issuer's keys";
  }
  const { credential = "access token", offline = false } = options;
  if (credential !== "access token" && credential !== "api key") {
    throw new TypeError('The `credential` of a guard is "access token" or "api key".');
  }
  if (typeof offline !== "boolean") {
    throw new TypeError("`offline` of a guard is true or false.");
  }
  return credential === "api key" ? "for API keys" : "by a binding";
}
