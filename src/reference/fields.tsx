import { documentOf, named } from "./document.ts";
import { Prose } from "./prose.tsx";
import type { Schema } from "./types.ts";

interface Field {
  /** With the fields that it is in: `user.id`. */
  name: string;
  schema: Schema;
  required: boolean;
}

/** The fields of a body, those of what is in it among them. Of several forms, one after the other. */
export function Fields({ schema }: { schema: Schema }) {
  const forms = formsOf(schema);
  return (
    <>
      {forms.map((form, index) => (
        <>
          {forms.length > 1 && <p>{form.description ?? (index === 0 ? "Either:" : "Or:")}</p>}
          <dl class="fields">
            {fieldsOf(form).map(({ name, schema: of, required }) => (
              <>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>
                  {typeOf(of)}
                  {!required && absence(of)}
                  {of.description && <Prose text={`. ${of.description}`} />}
                </dd>
              </>
            ))}
          </dl>
          {isChoiceOfFields(form) && <p>One of {choiceIn(form)} has to be there.</p>}
        </>
      ))}
    </>
  );
}

/** Of some fields of an object one has to be there, where its alternatives have none of their own. */
function isChoiceOfFields({ properties, anyOf }: Schema): boolean {
  return properties !== undefined && anyOf !== undefined;
}

function choiceIn({ anyOf = [] }: Schema) {
  return anyOf.map(({ required = [] }, index) => (
    <>
      {index > 0 && " and "}
      <code>{required.join()}</code>
    </>
  ));
}

function formsOf(schema: Schema): Schema[] {
  const whole = resolved(schema);
  if (isChoiceOfFields(whole)) {
    return [whole];
  }
  return (whole.oneOf ?? whole.anyOf)?.map(resolved) ?? [whole];
}

function fieldsOf(schema: Schema, prefix = ""): Field[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, part]) => {
    const field = { name: prefix + name, schema: part, required: required.includes(name) };
    const within = part.items ?? part;
    const mark = part.items ? "[]." : ".";
    return [field, ...fieldsOf(within, prefix + name + mark)];
  });
}

/** A type in a word or two: "text (email)", "list of text, or null". */
export function typeOf(schema: Schema): string {
  const { anyOf, const: only, enum: choices, format, items, type } = schema;
  if (only !== undefined) {
    return JSON.stringify(only);
  }
  if (choices) {
    return choices.map((choice) => JSON.stringify(choice)).join(" or ");
  }
  if (anyOf) {
    return anyOf.map(typeOf).join(" or ");
  }
  if (items) {
    return `list of ${typeOf(items)}`;
  }
  const types = [type ?? "anything"].flat().join(" or ");
  return types + (format ? ` (${format})` : "") + limit(schema);
}

/** What it means that a field is not there. */
export function absence({ default: instead }: Schema): string {
  const isSaid = instead !== undefined && instead !== "" && !Array.isArray(instead);
  return isSaid ? `, ${JSON.stringify(instead)} where it is absent` : ", may be absent";
}

function limit({ minLength = 0, maxLength, minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) {
    return `, ${minimum} to ${maximum}`;
  }
  const least = minLength > 1 ? `, at least ${minLength} characters` : "";
  return maxLength ? `${least}, at most ${maxLength} characters` : least;
}

function resolved(schema: Schema): Schema {
  return schema.$ref ? named(documentOf().components.schemas, { $ref: schema.$ref }) : schema;
}
