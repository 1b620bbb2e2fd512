/** An option of a command. One without a value is a switch. */
export interface Option {
  /** A word for its value. */
  value?: string;
  /** What it says, for the help. */
  what: string;
  required?: true;
  /** May be given again and again. */
  many?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** What was given for the options, by their names. */
export type Given<Of extends Options> = {
  [Name in keyof Of]: Of[Name] extends { value: string } ? Text<Of[Name]> : boolean;
};

type Text<Of extends Option> = Of extends { many: true }
  ? readonly string[]
  : Of extends { required: true }
    ? string
    : string | undefined;
