import type { Context } from "hono";
import { raw } from "hono/html";
import type { AppEnv } from "../http/app-env.ts";
import { page } from "../pages/frame/page.tsx";
import { docsStylePath } from "./docs-style.ts";
import { documentOf, operationsUnder } from "./document.ts";
import { OperationEntry } from "./operation.tsx";
import { Prose } from "./prose.tsx";

/** Made when it is asked for first: the same for everybody. */
let made: string | null = null;

/** GET /docs: the document for people. It needs no script and nothing from elsewhere. */
export function showDocs(http: Context<AppEnv>): Promise<Response> {
  made ??= String(<Reference />);
  return page(http, { title: "API reference", style: docsStylePath }, raw(made));
}

function Reference() {
  const { info, tags, components } = documentOf();
  const sections = tags.map((tag) => ({ ...tag, operations: operationsUnder(tag.name) }));
  return (
    <div lang="en">
      <h1>{info.title} API reference</h1>
      <p>
        <Prose text={info.description} />
      </p>
      <p>
        For programs: <a href="/openapi.json">openapi.json</a>, OpenAPI 3.1, version {info.version}.
      </p>
      <nav aria-label="Contents">
        {sections.map(({ name, operations }) => (
          <details>
            <summary>{name}</summary>
            <ul>
              {operations.map(({ id, endpoints: [endpoint] }) => (
                <li>
                  <a href={`#${id}`}>
                    <code>{endpoint}</code>
                  </a>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </nav>
      <h2 id="authentication">Authentication</h2>
      <dl class="fields">
        {Object.entries(components.securitySchemes).map(([name, { description }]) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <Prose text={description} />
            </dd>
          </>
        ))}
      </dl>
      {sections.map(({ name, description, operations }) => (
        <>
          <h2 id={name.toLowerCase().replaceAll(/\W+/g, "-")}>{name}</h2>
          <p>
            <Prose text={description} />
          </p>
          {operations.map((served) => (
            <OperationEntry {...served} />
          ))}
        </>
      ))}
    </div>
  );
}
