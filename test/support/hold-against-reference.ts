import {
  documented,
  examplesOf,
  problemOfAnswer,
  problemOfParameter,
  problemOfRequest,
  type ReferenceOperation,
  reference,
  responseFor,
} from "./reference.ts";

const FORM = "application/x-www-form-urlencoded";
/** What is said where a method is wrong, or no method is meant. */
const ELSEWHERE = ["HEAD", "OPTIONS"];

/**
 * Holds an answer against the API reference, and what was asked where it was taken. Throws for a
 * status, a content type or a body that the reference does not have: so every test that asks the
 * service tests the reference too. Pages are not in there.
 */
export async function holdAgainstReference(request: Request, response: Response): Promise<void> {
  const { pathname, searchParams } = new URL(request.url);
  const found = ELSEWHERE.includes(request.method) ? null : documented(request.method, pathname);
  if (!found) {
    return;
  }
  const problem =
    (await inAnswer(found.operation, response)) ??
    (response.ok ? await inRequest(found.operation, request, searchParams) : null);
  if (problem) {
    const what = `${request.method} ${found.path} answered ${response.status}`;
    throw new Error(`The API reference is wrong: ${what}: ${problem}`);
  }
}

async function inAnswer(operation: ReferenceOperation, response: Response) {
  const said = responseFor(operation, response.status);
  if (!said) {
    return "a status that is not there";
  }
  const unsaid = Object.keys(reference.components.headers).find(
    (name) => response.headers.has(name) && !(name in (said.headers ?? {})),
  );
  if (unsaid) {
    return `a header that is not there: ${unsaid}`;
  }
  const type = mediaType(response.headers);
  const body = response.webSocket ? "" : await response.clone().text();
  if (body === "") {
    // RFC 6750 §3: no error for who sent no token.
    return said.content && response.status !== 401 ? "no body, where there is one" : null;
  }
  const media = said.content?.[type];
  if (!media) {
    return `a body of the type ${type}`;
  }
  if (type !== "application/json") {
    return null;
  }
  const answered: unknown = JSON.parse(body);
  return problemOfAnswer(media.schema, answered) ?? problemOfCode(examplesOf(media), answered);
}

/** Every code that an operation refuses with is among its examples. */
function problemOfCode(examples: readonly unknown[], answered: unknown): string | null {
  const code = codeOf(answered);
  return examples.length === 0 || examples.some((example) => codeOf(example) === code)
    ? null
    : `the code ${code}, which no example has`;
}

/** The code of a refusal in any contract's envelope; undefined where it has none. */
function codeOf(body: unknown): unknown {
  const { error } = body as { error?: { code?: unknown } | string };
  return typeof error === "object" ? error.code : error;
}

async function inRequest(
  { parameters = [], requestBody }: ReferenceOperation,
  request: Request,
  query: URLSearchParams,
) {
  const missing = parameters.find(({ in: place, name, required, schema }) => {
    // One without a value is not there: RFC 6749 §3.1.
    const value = place === "query" ? query.get(name) || null : request.headers.get(name);
    const isRead = place === "query" || place === "header";
    return isRead && (value === null ? required : problemOfParameter(schema, value) !== null);
  });
  if (missing) {
    return `took a request whose ${missing.name} is not as it says`;
  }
  const text = await request.text();
  if (text === "") {
    return requestBody?.required ? "took a request without a body" : null;
  }
  const type = mediaType(request.headers);
  const media = requestBody?.content[type] ?? requestBody?.content["application/json"];
  if (!requestBody || !media) {
    return null;
  }
  const sent = type.endsWith("json") ? asRead(text, FORM in requestBody.content) : fields(text);
  const problem = problemOfRequest(media.schema, sent);
  return problem ? `took a request that is not as it says: ${problem}` : null;
}

/**
 * Passwords are measured in NFKC. Where a form may be sent too, what has no value is not there, as in
 * one.
 */
function asRead(json: string, isFormToo: boolean): unknown {
  const sent: unknown = JSON.parse(json);
  if (sent === null || typeof sent !== "object" || Array.isArray(sent)) {
    return sent;
  }
  return Object.fromEntries(
    Object.entries(sent)
      .filter(([, value]) => !(isFormToo && value === ""))
      .map(([name, value]) => [name, /password/i.test(name) ? inNfkc(value) : value]),
  );
}

function inNfkc(value: unknown): unknown {
  return typeof value === "string" ? value.normalize("NFKC") : value;
}

/** A form as JSON would have it. One without a value is not there (RFC 6749 §3.2). */
function fields(form: string): object {
  const said = [...new URLSearchParams(form)].filter(([, value]) => value !== "");
  const resources = said.filter(([name]) => name === "resource").map(([, value]) => value);
  return {
    ...Object.fromEntries(said),
    ...(resources.length > 0 && { resource: resources }),
  };
}

function mediaType(headers: Headers): string {
  return (headers.get("content-type") ?? "").replace(/;.*/, "").trim().toLowerCase();
}
