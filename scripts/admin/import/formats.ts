import { readFileSync } from "node:fs";
import { Problem } from "../../problem.ts";
import { auth0 } from "./auth0.ts";
import { betterAuth } from "./better-auth.ts";
import { type FirebaseHashing, firebase } from "./firebase.ts";
import type { Mapper } from "./foreign-row.ts";
import { keycloak } from "./keycloak.ts";
import { listedUsers } from "./listed-users.ts";
import { type NumberedText, numberedLines } from "./numbered-lines.ts";
import { supabase } from "./supabase.ts";

export interface Format {
  /** Takes the file apart, account by account. */
  read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<NumberedText>;
  /** Null where rows are ours. */
  mapper: Mapper | null;
}

/** The format of that name. `hashing` names a file with a Firebase project's hash_config. */
export function formatNamed(name: string, hashing: string | null): Format {
  const formats: Readonly<Record<string, () => Format>> = {
    latchkey: () => ({ read: numberedLines, mapper: null }),
    "better-auth": () => ({ read: numberedLines, mapper: betterAuth }),
    supabase: () => ({ read: numberedLines, mapper: supabase }),
    auth0: () => ({ read: numberedLines, mapper: auth0 }),
    keycloak: () => ({ read: listedUsers, mapper: keycloak }),
    firebase: () => ({
      read: listedUsers,
      mapper: firebase(hashing ? readHashing(hashing) : null),
    }),
  };
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (!format) {
    throw new Problem(
      `${JSON.stringify(name)} is no format that is known here.`,
      `Give one of these: ${Object.keys(formats).join(", ")}`,
    );
  }
  return format();
}

const FIELDS = {
  signerKey: /base64_signer_key:\s*"?([\w+/=-]+)/,
  saltSeparator: /base64_salt_separator:\s*"?([\w+/=-]+)/,
  rounds: /rounds:\s*(\d+)/,
  memoryCost: /mem_cost:\s*(\d+)/,
};

/** As the console shows it: `hash_config { algorithm: SCRYPT, base64_signer_key: …, … }`. */
function readHashing(path: string): FirebaseHashing {
  const text = readFileSync(path, "utf8");
  const found = (field: keyof typeof FIELDS) => {
    const value = FIELDS[field].exec(text)?.[1];
    if (value === undefined || !/algorithm:\s*SCRYPT\b/.test(text)) {
      throw new Problem(
        `${path} has no whole hash_config of a Firebase project.`,
        "Copy it from the console: Authentication, Users, the menu above the list, Password hash parameters.",
      );
    }
    return value;
  };
  return {
    signerKey: found("signerKey"),
    saltSeparator: found("saltSeparator"),
    rounds: Number(found("rounds")),
    memoryCost: Number(found("memoryCost")),
  };
}
