import type { TestService } from "./service.ts";

export interface CreatedKey {
  id: string;
  key: string;
  prefix: string;
}

/** Makes an API key over HTTP, which may read its owner's profile unless told otherwise. */
export async function createdKey(
  service: TestService,
  bearer: string,
  { scopes = ["profile:read"], expires_at }: { scopes?: string[]; expires_at?: string } = {},
): Promise<CreatedKey> {
  const { status, body } = await service.ask<{ data: CreatedKey }>("/api/user/api-keys", {
    bearer,
    body: { name: "A key", scopes, ...(expires_at && { expires_at }) },
  });
  if (status !== 201) {
    throw new Error(`making a key answered ${status}`);
  }
  return body.data;
}
