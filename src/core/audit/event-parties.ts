import { CLIENT_ID } from "../client/client-id.ts";
import { TENANT_SLUG } from "../tenant/slug.ts";

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const CLIENT = `client:${within(CLIENT_ID)}`;
const TENANT = `tenant:${within(TENANT_SLUG)}`;

/** Whom an event may be about, as it is written down: an account, client, tenant or webhook, or none. */
export const targetForm = new RegExp(`^(?:${UUID}|${CLIENT}|${TENANT}|webhook:${UUID})?$`);

/** Who may have done it: an account, a client, whoever runs the service, or nobody who is known. */
export const actorForm = new RegExp(`^(?:${UUID}|${CLIENT}|operator)?$`);

function within({ source }: RegExp): string {
  return source.slice(1, -1);
}
