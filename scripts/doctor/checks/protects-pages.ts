import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { fail, pass } from "../finding.ts";

/** What each answer has to say to browsers, by the header's name. */
const WANTED: Readonly<Record<string, RegExp>> = {
  "strict-transport-security": /max-age=(?:[3-9]\d{7}|\d{9,})/,
  "content-security-policy":
    /^(?!.*unsafe-)(?=.*default-src 'none')(?=.*frame-ancestors 'none')(?=.*base-uri 'none')/,
  "x-frame-options": /^DENY$/i,
  "x-content-type-options": /^nosniff$/i,
  "referrer-policy": /^no-referrer$/i,
};

const PATHS = ["/signin", "/health", "/.well-known/openid-configuration", "/nowhere"];

/** Pages and answers to programs carry the headers that browsers go by. */
export const protectsPages: Check = {
  name: "headers",
  title: "Every answer tells browsers to stay safe",
  async look(patient) {
    const answers = await Promise.all(PATHS.map((path) => ask(patient, path)));
    const missing = answers.flatMap(({ headers }, index) =>
      Object.entries(WANTED)
        .filter(([name, wanted]) => !wanted.test(headers.get(name) ?? ""))
        .map(([name]) => `${name} of ${PATHS[index]}`),
    );
    return missing.length === 0
      ? pass(`${Object.keys(WANTED).length} headers on ${PATHS.length} answers.`)
      : fail(
          `Missing or weak: ${missing.join(", ")}.`,
          "The Worker sends them: look for a Transform Rule or a proxy that takes them away.",
        );
  },
};
