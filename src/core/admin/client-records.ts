import type { Client } from "../client/client.ts";
import type { Deed } from "./deed.ts";

/** A client as it is registered. */
export interface ClientRecord extends Client {
  createdAt: Date;
}

/** One that is to be. */
export type NewClient = Omit<Client, "tenantId">;

/** What may change without anything of what it was given meaning something else. */
export type ClientChange = Partial<Pick<Client, "name" | "owner" | "scopes" | "redirectUris">>;

/** Clients as operators see and change them, with the event that tells of it: both or neither. */
export interface ClientRecords {
  /** By id: after one, where it is given. */
  list(tenantId: string, afterId: string | null, most: number): Promise<ClientRecord[]>;
  find(tenantId: string, clientId: string): Promise<ClientRecord | null>;
  /** When it was, by the store's clock; null when the id is taken. A null secret makes it public. */
  insert(client: Client, secret: string | null, event: Deed): Promise<Date | null>;
  /** False when there is no such client. */
  change(
    client: Pick<Client, "tenantId" | "id">,
    change: ClientChange,
    event: Deed,
  ): Promise<boolean>;
  /** The secret before is none from then on. False when there is no such client, or it is public. */
  replaceSecret(
    client: Pick<Client, "tenantId" | "id">,
    secret: string,
    event: Deed,
  ): Promise<boolean>;
  /** With it ends whatever was opened for it. False when there is no such client. */
  remove(client: Pick<Client, "tenantId" | "id">, event: Deed): Promise<boolean>;
}
