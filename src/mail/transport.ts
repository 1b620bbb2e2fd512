/** A message as it goes out. */
export interface Message {
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
}

/** Hands a message over to whoever carries it. Throws when it is not taken: it is tried again. */
export type Transport = (message: Message) => Promise<void>;
