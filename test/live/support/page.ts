/** An answer as a browser shows it. */
export interface Page {
  url: URL;
  status: number;
  /** Where a redirect leads; null for every other answer. */
  location: URL | null;
  title: string;
  forms: readonly Form[];
}

export interface Form {
  action: string;
  /** What it sends when nothing is typed. */
  fields: Readonly<Record<string, string>>;
  /** The name and value of each button. */
  buttons: readonly { name: string; value: string }[];
}

/** Reads an answer of ours: every attribute of our pages stands in double quotes. */
export async function readPage(url: URL, response: Response): Promise<Page> {
  const source = await response.text();
  const location = response.headers.get("location");
  return {
    url,
    status: response.status,
    location: location === null ? null : new URL(location, url),
    title: decoded(source.match(/<title>([^<]*)<\/title>/)?.[1] ?? ""),
    forms: [...source.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head, inside]) =>
      readForm(head ?? "", inside ?? ""),
    ),
  };
}

function readForm(head: string, inside: string): Form {
  const inputs = elements(inside, "input").map(({ name = "", value = "" }) => [name, value]);
  return {
    action: attributes(head)["action"] ?? "",
    fields: Object.fromEntries(inputs),
    buttons: elements(inside, "button").map(({ name = "", value = "" }) => ({ name, value })),
  };
}

function elements(markup: string, tag: string): NodeJS.Dict<string>[] {
  return [...markup.matchAll(new RegExp(`<${tag}\\b([^>]*)>`, "g"))].map(([, inside]) =>
    attributes(inside ?? ""),
  );
}

function attributes(markup: string): NodeJS.Dict<string> {
  const pairs = [...markup.matchAll(/([\w-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, decoded(value ?? "")]));
}

function decoded(text: string): string {
  const characters: NodeJS.Dict<string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name] ?? "");
}
