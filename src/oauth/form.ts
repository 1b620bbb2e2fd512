/**
 * The pairs of a form, in order. Throws for what is no UTF-8, where `URLSearchParams` would put
 * something else instead. RFC 6749, appendix B.
 */
export function readForm(text: string): [name: string, value: string][] {
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [formDecoded(name), formDecoded(value.join("="))];
    });
}

/** One name or value of a form. Throws for what is no UTF-8. */
export function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
