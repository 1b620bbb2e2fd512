/** The parts of OpenAPI 3.1 that the document uses. https://spec.openapis.org/oas/v3.1.1 */
export interface Ref {
  $ref: string;
}

/** JSON Schema 2020-12, as far as zod writes it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: readonly unknown[];
  examples?: readonly unknown[];
  format?: string;
  pattern?: string;
  description?: string;
  properties?: Record<string, Schema>;
  /** Beside properties, `anyOf` says of which fields one has to be there. */
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  /** What an absent one counts as. */
  default?: unknown;
  additionalProperties?: boolean | Schema;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required: boolean;
  schema: Schema;
  description?: string;
  example?: unknown;
}

export interface Header {
  description: string;
  schema: Schema;
}

export interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, Ref>;
}

export interface Response {
  description: string;
  headers?: Record<string, Header | Ref>;
  content?: Record<string, Media>;
}

export interface DocumentedOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  /** Empty where nobody has to say who they are. A scheme with scopes wants all of them. */
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, Response | Ref>;
}

export type Method = "get" | "post" | "put" | "patch" | "delete";
export type Paths = Record<string, Partial<Record<Method, DocumentedOperation>>>;

export interface Components {
  schemas: Record<string, Schema>;
  responses: Record<string, Response>;
  examples: Record<string, { summary?: string; value: unknown }>;
  headers: Record<string, Header>;
  securitySchemes: Record<string, { type: string; description: string; [detail: string]: unknown }>;
}

export interface Document {
  openapi: "3.1.1";
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Paths;
  components: Components;
}
