import { type SqlValue, sqlLiteral } from "./sql-literal.ts";

/** A statement, or a part of one, in which every value has been written as a literal. */
export class Sql {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Writes SQL. Whatever is put into the template is a value, and escaped, unless it is SQL itself. */
export function sql(parts: TemplateStringsArray, ...values: readonly (SqlValue | Sql)[]): Sql {
  const written = values.map((value) => (value instanceof Sql ? value.text : sqlLiteral(value)));
  return new Sql(String.raw({ raw: parts }, ...written));
}
