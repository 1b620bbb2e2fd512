import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { isTenantSlug } from "../tenant/slug.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { operatorEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { pageOf } from "./page-of.ts";
import type { TenantChange, TenantRecord } from "./tenant-records.ts";

const targetId = (slug: string) => `tenant:${slug}`;

/** Every tenant, by slug. */
export const listTenants = administered(
  { scopes: ["admin:tenants"], operator: true },
  async (
    { tenantRecords }: Context,
    { after, most }: { caller: AdminCaller; after: string | null; most: number },
  ): Promise<{ tenants: TenantRecord[]; next: string | null }> => {
    const found = await tenantRecords.list(after, most + 1);
    const { items, next } = pageOf(found, most, ({ slug }) => slug);
    return { tenants: items, next };
  },
);

export const describeTenant = administered(
  { scopes: ["admin:tenants"], operator: true },
  async (
    { tenantRecords }: Context,
    { slug }: { caller: AdminCaller; slug: string },
  ): Promise<TenantRecord | Refused<"tenant_unknown">> =>
    (await tenantRecords.find(slug)) ?? new Refused("tenant_unknown"),
);

/**
 * Makes a tenant without accounts. Where people register themselves, whoever does so first through the
 * Launcher contract sets it up and is its superadmin; elsewhere an operator makes that one.
 */
export const createTenant = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    input: { caller: AdminCaller; slug: string; name: string; isOpen: boolean },
  ): Promise<TenantRecord | Refused<"invalid_request" | "tenant_taken">> => {
    const { caller, ...asked } = input;
    const { clock, randomness, tenantRecords } = context;
    if (!isTenantSlug(asked.slug)) {
      const issue = "must be 2 to 40 of a-z, 0-9 and inner dashes, and not reserved";
      return new Refused("invalid_request", { fields: [{ field: "slug", issue }] });
    }
    const createdAt = clock.now();
    const tenant = { ...asked, id: randomness.id(createdAt), createdAt };
    const event = operatorEvent(context, caller, "tenant-created", {
      targetId: targetId(asked.slug),
    });
    return (await tenantRecords.insert(tenant, event))
      ? { ...tenant, brandName: null, brandColor: null, hasLogo: false }
      : new Refused("tenant_taken");
  },
);

/**
 * Changes its name, who may register and how it looks. Running Workers learn of it within a minute. One
 * that was closed is not opened while it has no superadmin: a stranger could be the first.
 */
export const changeTenant = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    input: { caller: AdminCaller; slug: string; change: TenantChange },
  ): Promise<TenantRecord | Refused<"tenant_unknown" | "superadmin_missing">> => {
    const { caller, slug, change } = input;
    const { tenantRecords } = context;
    const tenant = await tenantRecords.find(slug);
    if (!tenant) {
      return new Refused("tenant_unknown");
    }
    const subject = Object.keys(change).join(", ") || null;
    const event = operatorEvent(context, caller, "tenant-changed", {
      targetId: targetId(slug),
      subject,
    });
    return (await tenantRecords.change(tenant.id, change, event))
      ? { ...tenant, ...change }
      : new Refused("superadmin_missing");
  },
);
