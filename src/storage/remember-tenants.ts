import type { Clock } from "../core/ports.ts";
import { isTenantSlug } from "../core/tenant/slug.ts";
import type { Tenants } from "../core/tenant/tenant.ts";
import type { TenantStore } from "./d1/tenants.ts";

const CACHE_SECONDS = 60;
const CACHE_ENTRIES = 1000;

/**
 * Tenants; which slug is whose, how each looks and how its letters are sent is remembered by the isolate for a minute. A
 * reserved slug names no tenant, whatever the store says.
 */
export function rememberTenants(store: TenantStore, clock: Clock): Tenants {
  const cache = new Map<string, { id: string; until: number }>();

  return {
    async recall(slug) {
      const cached = cache.get(slug);
      return cached && cached.until > clock.now().getTime() ? cached.id : null;
    },

    async findIdBySlug(slug) {
      if (!isTenantSlug(slug)) {
        return null;
      }
      const id = await store.findIdBySlug(slug);
      // What does not exist is not remembered: strangers could fill the cache, and a tenant that was
      // just made would stay unknown.
      if (id !== null) {
        cache.size >= CACHE_ENTRIES && cache.clear();
        cache.set(slug, { id, until: clock.now().getTime() + CACHE_SECONDS * 1000 });
      }
      return id;
    },

    isOpenForRegistration: store.isOpenForRegistration,
    findSetUp: store.findSetUp,

    findBrand: remembered(store.findBrand, clock),
    findLetterSettings: remembered(store.findLetterSettings, clock),
  };
}

/** What is found for a tenant, for a minute. */
function remembered<Found>(
  find: (tenantId: string) => Promise<Found>,
  clock: Clock,
): (tenantId: string) => Promise<Found> {
  const cache = new Map<string, { found: Found; until: number }>();
  return async (tenantId) => {
    const now = clock.now().getTime();
    const cached = cache.get(tenantId);
    if (cached && cached.until > now) {
      return cached.found;
    }
    const found = await find(tenantId);
    cache.size >= CACHE_ENTRIES && cache.clear();
    cache.set(tenantId, { found, until: now + CACHE_SECONDS * 1000 });
    return found;
  };
}
