import type { Answer, Ask, Question } from "../http/ask.ts";
import type { KeptTokens } from "../tokens/kept-tokens.ts";

export type ApiKey = Answer<"GET /api/user/api-keys">["data"][number];
/** With the key itself, which is shown this once. */
export type NewApiKey = Answer<"POST /api/user/api-keys">["data"];

export interface ApiKeys {
  list(): Promise<ApiKey[]>;
  /** Throws `too_many_keys`, `validation_error`. */
  create(wanted: Question<"POST /api/user/api-keys">["json"]): Promise<NewApiKey>;
  /** Throws `not_found`. */
  delete(id: string): Promise<void>;
}

/** The API keys of whoever is signed in. */
export function apiKeys(ask: Ask, tokens: KeptTokens): ApiKeys {
  return {
    async list() {
      return (await tokens.use((bearer) => ask("GET /api/user/api-keys", { bearer }))).data;
    },
    async create(json) {
      return (await tokens.use((bearer) => ask("POST /api/user/api-keys", { json, bearer }))).data;
    },
    async delete(id) {
      await tokens.use((bearer) => ask("DELETE /api/user/api-keys/{id}", { id, bearer }));
    },
  };
}
