/** A page as a person reads it and as a browser parses it. */
export interface Html {
  title: string;
  lang: string;
  /** Every element in the order of the source. */
  elements: readonly HtmlElement[];
  /** What `main` says, a line for each block, term with definition. */
  lines: readonly string[];
  forms: readonly Form[];
}

export interface HtmlElement {
  tag: string;
  attributes: Readonly<Record<string, string>>;
}

export interface Form {
  method: string;
  action: string;
  /**
   * What it sends when nothing is typed, hidden fields included. Boxes that a browser would not let
   * stand empty are ticked.
   */
  fields: Readonly<Record<string, string>>;
  /** The boxes that can be ticked, by what they send then. */
  boxes: Readonly<Record<string, string>>;
  /** Those that can be pressed. */
  buttons: readonly Readonly<Record<string, string>>[];
  /** What its script asks an authenticator; null for a form that people fill in. */
  passkeyOptions: string | null;
}

/** Parses with the runtime's own parser, so that what is markup here is markup in a browser. */
export async function readHtml(html: string): Promise<Html> {
  const elements: HtmlElement[] = [];
  const rewriter = new HTMLRewriter().on("*", {
    element({ tagName, attributes }) {
      const pairs = [...attributes].map(([name = "", value = ""]) => [name, decoded(value)]);
      elements.push({ tag: tagName, attributes: Object.fromEntries(pairs) });
    },
  });
  await rewriter.transform(new Response(html)).text();
  return {
    title: decoded(html.match(/<title>([^<]*)<\/title>/)?.[1] ?? ""),
    lang: elements.find(({ tag }) => tag === "html")?.attributes.lang ?? "",
    elements,
    lines: linesOf(html.match(/<main>(.*)<\/main>/s)?.[1] ?? ""),
    forms: formsOf(elements),
  };
}

function linesOf(markup: string): string[] {
  const text = markup
    .replace(/<\/dt><dd>/g, ": ")
    .replace(
      /<\/?(h\d|p|ul|li|dl|dt|dd|div|form|label|button|pre|article|nav|details|summary|section|fieldset|legend|ol|select|option|textarea)\b[^>]*>/g,
      "\n",
    )
    .replace(/<[^>]*>/g, "");
  return text
    .split("\n")
    .map((line) => decoded(line).trim())
    .filter((line) => line !== "");
}

function formsOf(elements: readonly HtmlElement[]): Form[] {
  const starts = elements.flatMap(({ tag }, index) => (tag === "form" ? [index] : []));
  return starts.map((start, index) => {
    const inside = elements.slice(start + 1, starts[index + 1]);
    const inputs = inside.flatMap(({ tag, attributes }) => (tag === "input" ? [attributes] : []));
    const boxes = inputs.filter(({ type }) => type === "checkbox");
    const fields = inputs.filter((input) => !boxes.includes(input) || isTicked(input));
    const own = elements[start]?.attributes ?? {};
    const { method = "get", action = "", "data-options": passkeyOptions = null } = own;
    return {
      method,
      action,
      fields: valuesOf(fields),
      boxes: valuesOf(boxes),
      buttons: inside.flatMap(({ tag, attributes }) =>
        tag === "button" && !("disabled" in attributes) ? [attributes] : [],
      ),
      passkeyOptions,
    };
  });
}

function isTicked(input: HtmlElement["attributes"]): boolean {
  return "checked" in input || "required" in input;
}

function valuesOf(inputs: readonly HtmlElement["attributes"][]): Record<string, string> {
  return Object.fromEntries(inputs.map(({ name = "", value = "" }) => [name, value]));
}

function decoded(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name] ?? "");
}
