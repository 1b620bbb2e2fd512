import * as z from "zod";
import type { Key, KeyOwner } from "../../src/core/key/key.ts";
import { plainLine } from "../../src/core/plain-line.ts";
import { d1Keys } from "../../src/storage/d1/keys.ts";
import { readWhose, type Whose } from "./account-options.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { findTarget } from "./find-target.ts";
import { tenantOf } from "./find-tenant.ts";
import { inUtc } from "./in-utc.ts";
import { requireRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import { storageOn } from "./storage-on.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work, Workplace } from "./work.ts";

/** Reads, and writes nothing. Of a key there is no more to say than how it begins. */
export const listKeys = command({
  summary: "Lists a tenant's service keys, or the API keys of one account",
  options: {
    email: {
      value: "address",
      what: "whose API keys to list; without it, the tenant's service keys",
    },
    tenant: tenantOption,
  },
  isOverHttp: true,
  onlyReads: true,
  examples: ["", "--email ada@example.com"],

  plan({ email, tenant: slug = DEFAULT_TENANT_SLUG }): Work {
    const whose = email === undefined ? null : readWhose({ email, tenant: slug });
    const what = whose ? `API keys of ${whose.email} in` : "service keys of";
    const listed = (keys: readonly Listed[], now: Date) =>
      keys.length === 0 ? [`There are no ${what} the tenant ${slug}.`] : tableOf(keys, now);
    return {
      intent: `list the ${what} the tenant ${slug}`,
      readsOnly: true,
      async run(place) {
        const { owner, now } = await ownerOf(place, whose, slug);
        return listed(await d1Keys(storageOn(place.database)).list(owner), now);
      },
      overHttp: {
        scopes: scopesIn(slug, ...(whose ? ["admin:accounts:read" as const] : []), "admin:keys"),
        async carryOut(api) {
          const path = whose ? `/accounts/${(await requireRemote(api, whose)).id}/keys` : "/keys";
          const { keys } = answer.parse(await api.ask({ method: "GET", path, tenant: slug }));
          // No answer says what time it is there; by this clock is said alone which keys have expired.
          return listed(keys, new Date());
        },
      },
    };
  },
});

async function ownerOf(
  place: Workplace,
  whose: Whose | null,
  slug: string,
): Promise<{ owner: KeyOwner; now: Date }> {
  if (whose) {
    const { target, now } = await findTarget(place, whose);
    const { accountId, tenantId } = target;
    return { owner: { kind: "api", accountId, tenantId }, now };
  }
  const { tenantId, now } = await tenantOf(place, slug);
  return { owner: { kind: "service", tenantId }, now };
}

type Listed = Omit<Key, "kind" | "tenantId">;

const time = z.coerce.date();

const answer = z.object({
  keys: z.array(
    z
      .object({
        id: z.string(),
        name: z.string(),
        prefix: z.string(),
        scopes: z.array(z.string()),
        account_id: z.string(),
        created_at: time,
        expires_at: time.nullable(),
        last_used_at: time.nullable(),
      })
      .transform(
        ({ account_id, created_at, expires_at, last_used_at, ...key }): Listed => ({
          ...key,
          accountId: account_id,
          createdAt: created_at,
          expiresAt: expires_at,
          lastUsedAt: last_used_at,
        }),
      ),
  ),
});

/** Names are people's own. */
function tableOf(keys: readonly Listed[], now: Date): string[] {
  return asTable([
    ["id", "name", "begins with", "scopes", "made", "by", "last used", "expires"],
    ...keys.map((key) => [
      key.id,
      plainLine(key.name) || "–",
      key.prefix,
      key.scopes.join(",") || "–",
      inUtc(key.createdAt.getTime()),
      key.accountId,
      key.lastUsedAt ? inUtc(key.lastUsedAt.getTime()) : "never",
      expiryOf(key, now),
    ]),
  ]);
}

function expiryOf({ expiresAt }: Listed, now: Date): string {
  if (expiresAt === null) {
    return "never";
  }
  return expiresAt > now ? inUtc(expiresAt.getTime()) : "has expired";
}
