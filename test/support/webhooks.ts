import { env } from "cloudflare:workers";
import { onTestFinished, vi } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";

export interface Received {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Takes what is sent to the world outside until the test is over, and answers it. */
export function receiver(
  answer: (received: Received, init: RequestInit) => Response | Promise<Response> = () =>
    new Response(null, { status: 204 }),
): Received[] {
  const all: Received[] = [];
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers as HeadersInit));
    const received = { url: String(url), headers, body: String(init.body) };
    all.push(received);
    return answer(received, init as RequestInit);
  });
  onTestFinished(() => spy.mockRestore());
  return all;
}

export const SECRET = `whsec_${btoa("a secret of thirty-two bytes, ok")}`;

/** What `npm run admin -- create-webhook` writes. */
export async function storeWebhook(
  id: string,
  { url = "https://hooks.example.com/in", events = null as string[] | null } = {},
): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO webhooks (id, tenant_id, url, secret, events, sequence, created_at)
     VALUES (?1, ?2, ?3, ?4, ?5,
       (SELECT coalesce(max(sequence), 0) FROM audit_seals WHERE tenant_id = ?2), ?6)`,
  )
    .bind(id, DEFAULT_TENANT_ID, url, SECRET, events && JSON.stringify(events), Date.now())
    .run();
}

export async function storedWebhook(id: string): Promise<Record<string, unknown>> {
  const row = await env.DB.prepare("SELECT * FROM webhooks WHERE id = ?").bind(id).first();
  return row ?? {};
}
