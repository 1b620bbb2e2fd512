import { documentOf, named, responseOf, type ServedOperation } from "./document.ts";
import { absence, Fields, typeOf } from "./fields.tsx";
import { Prose } from "./prose.tsx";
import type { DocumentedOperation, Media, Response } from "./types.ts";

/** One operation: how it is asked for, what it answers, and why it may refuse. */
export function OperationEntry({ id, endpoints, operation }: ServedOperation) {
  const [endpoint, ...more] = endpoints;
  const responses = Object.entries(operation.responses).map(
    ([status, response]) => [status, responseOf(response)] as const,
  );
  const answers = responses.filter(([status]) => Number(status) < 400);
  const refusals = responses.filter(([status]) => Number(status) >= 400);
  return (
    <section id={id} class="operation">
      <h3>
        <a href={`#${id}`}>
          <code>{endpoint}</code>
        </a>
      </h3>
      <p>{operation.summary}.</p>
      {operation.description && (
        <p>
          <Prose text={operation.description} />
        </p>
      )}
      {more.length > 0 && (
        <p class="hint">
          Also at <code>{more.join(", ")}</code>
        </p>
      )}
      <p class="hint">
        <Prose text={whoMayAsk(operation)} />
      </p>
      <ParameterList operation={operation} />
      {operation.requestBody && (
        <details>
          <summary>What is sent</summary>
          <BodyOf content={operation.requestBody.content} />
        </details>
      )}
      {answers.map(([status, response]) => (
        <AnswerOf status={status} response={response} />
      ))}
      <RefusalList refusals={refusals} />
    </section>
  );
}

function whoMayAsk({ security }: DocumentedOperation): string {
  const isClients = security.some((way) => "client" in way);
  const nothing = isClients ? "its `client_id` in the body" : "nothing";
  const byScheme = Map.groupBy(security, (way) => Object.keys(way)[0] ?? nothing);
  const ways = [...byScheme].map(([scheme, same]) => scheme + scopesIn(same));
  return ways.length === 0 ? "For anyone." : `Authentication: ${ways.join(" or ")}.`;
}

/** Of ways by the same scheme, each by other scopes. */
function scopesIn(ways: DocumentedOperation["security"]): string {
  const each = ways.map((way) =>
    Object.values(way)
      .flat()
      .map((scope) => `\`${scope}\``),
  );
  const some = each.filter((scopes) => scopes.length > 0).map((scopes) => scopes.join(" and "));
  return some.length === 0 ? "" : ` (${some.join(" or ")})`;
}

function ParameterList({ operation: { parameters = [] } }: { operation: DocumentedOperation }) {
  return parameters.length === 0 ? null : (
    <dl class="fields">
      {parameters.map(({ name, in: place, required, schema, description }) => (
        <>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            In the {place}: {typeOf(schema)}
            {!required && absence(schema)}
            {description && <Prose text={`. ${description}`} />}
          </dd>
        </>
      ))}
    </dl>
  );
}

function AnswerOf({ status, response }: { status: string; response: Response }) {
  return response.content ? (
    <details>
      <summary>
        Answer <b>{status}</b>
      </summary>
      <BodyOf content={response.content} />
    </details>
  ) : (
    <p>
      Answer <b>{status}</b>: {response.description}
    </p>
  );
}

/** What stands under the first type that it comes in; others hold the same. */
function BodyOf({ content }: { content: Record<string, Media> }) {
  const [[type, media] = []] = Object.entries(content);
  return media ? (
    <>
      <p class="hint">{Object.keys(content).join(" or ")}</p>
      <Fields schema={media.schema} />
      {examplesOf(media).map(({ summary, value }) => (
        <>
          {summary && <p class="hint">{summary}:</p>}
          <pre>{written(type, value)}</pre>
        </>
      ))}
    </>
  ) : null;
}

function examplesOf({ example, examples = {} }: Media): { summary?: string; value: unknown }[] {
  const all = documentOf().components.examples;
  return example === undefined
    ? Object.values(examples).map((ref) => named(all, ref))
    : [{ value: example }];
}

function written(type: string | undefined, example: unknown): string {
  return type === "application/x-www-form-urlencoded"
    ? new URLSearchParams(
        Object.entries(example as object).flatMap(([name, value]) =>
          [value].flat().map((one) => [name, String(one)]),
        ),
      )
        .toString()
        .replaceAll("&", "\n&")
    : JSON.stringify(example, null, 2);
}

function RefusalList({ refusals }: { refusals: readonly (readonly [string, Response])[] }) {
  return refusals.length === 0 ? null : (
    <details>
      <summary>Refusals</summary>
      <dl class="fields">
        {refusals.map(([status, response]) => (
          <>
            <dt>
              <b>{status}</b> {codesOf(response).join(", ")}
            </dt>
            <dd>{response.description}</dd>
          </>
        ))}
      </dl>
    </details>
  );
}

/** The codes that clients may branch on, where the envelope has any. */
function codesOf({ content = {} }: Response): string[] {
  const { examples } = documentOf().components;
  const codes = Object.values(content).flatMap(({ examples: refs = {} }) =>
    Object.values(refs).map((ref) => codeOf(named(examples, ref).value)),
  );
  return [...new Set(codes.filter((code) => code !== undefined))];
}

function codeOf(body: unknown): string | undefined {
  const { error } = body as { error?: { code: string } | string };
  return typeof error === "object" ? error.code : error;
}
