import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { startService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";

const { tenants } = startService().ports;
const find = (slug: string | null) => tenants.findIdBySlug(slug ?? "");
const recall = (slug: string | null) => tenants.recall(slug ?? "");

async function rename(tenantId: string, slug: string): Promise<void> {
  await env.DB.prepare("UPDATE tenants SET slug = ? WHERE id = ?").bind(slug, tenantId).run();
}

describe("the tenant that a path names", () => {
  it("is found by its slug, the default one by its own", async () => {
    const { tenantId, slug } = await newTenant();

    expect(await find(slug)).toBe(tenantId);
    expect(await find("default")).toBe(DEFAULT_TENANT_ID);
  });

  it("is remembered for a minute", async () => {
    stopClock();
    const { tenantId, slug } = await newTenant();
    await find(slug);
    await rename(tenantId, `${slug}-2`);

    passSeconds(59);
    expect(await countCalls(() => recall(slug))).toMatchObject({ d1: 0 });
    expect(await recall(slug)).toBe(tenantId);
    passSeconds(1);
    expect(await recall(slug)).toBeNull();
  });

  it("is found as soon as it is made, whoever asked for it before", async () => {
    const slug = `late-${crypto.randomUUID().slice(0, 13)}`;
    expect(await find(slug)).toBeNull();

    const { tenantId } = await newTenant({ slug });

    expect(await find(slug)).toBe(tenantId);
  });

  it("costs no query where a slug can be nobody's", async () => {
    for (const slug of ["api", "A", "no such slug"]) {
      expect(await countCalls(() => find(slug))).toMatchObject({ d1: 0 });
      expect(await find(slug)).toBeNull();
    }
  });
});
